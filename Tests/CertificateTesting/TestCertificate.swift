/// Certificates and keys made while a test runs, on libcrypto: good ones, and each kind of bad one.
import COpenSSL
import DNSData

/// The owner of an X509 and its key.
package final class TestCertificate: @unchecked Sendable {
  package enum KeyKind: Hashable, Sendable {
    case p256, ed25519
    case rsa(bits: Int)
  }

  package struct Contents: Sendable {
    package var commonName: String
    package var serial = 1
    package var key = KeyKind.p256
    /// Nil for Ed25519, which has none of its own.
    package var digest: String? = "SHA256"
    package var notBefore = TestCertificate.longAgo
    package var notAfter = TestCertificate.farOff
    /// Values of X509V3_EXT_nconf_nid by the NID of the extension.
    package var extensions: [Int32: String] = [:]

    package static func authority(_ name: String) -> Contents {
      Contents(
        commonName: name,
        extensions: [
          NID_basic_constraints: "critical,CA:TRUE", NID_key_usage: "critical,keyCertSign,cRLSign",
        ])
    }

    /// `names` as in "DNS:mx.example.com,IP:192.0.2.1".
    package static func server(_ names: String?) -> Contents {
      var contents = Contents(
        commonName: "mx.example.com",
        extensions: [
          NID_basic_constraints: "critical,CA:FALSE", NID_ext_key_usage: "serverAuth",
        ])
      contents.subjectAltName = names
      return contents
    }

    /// "clientAuth" for one, in place of "serverAuth".
    package var extendedKeyUsage: String? {
      get { extensions[NID_ext_key_usage] }
      set { extensions[NID_ext_key_usage] = newValue }
    }

    package var subjectAltName: String? {
      get { extensions[NID_subject_alt_name] }
      set { extensions[NID_subject_alt_name] = newValue }
    }

    package func with(_ change: (inout Contents) -> Void) -> Contents {
      var copy = self
      change(&copy)
      return copy
    }
  }

  package static let longAgo = "20200101000000Z"
  package static let farOff = "21200101000000Z"

  package let der: [UInt8]
  /// X509.
  package let certificate: OpaquePointer
  /// EVP_PKEY.
  package let key: OpaquePointer

  /// Self-signed without an issuer; with the key of `twin` where there is one.
  package init(_ contents: Contents, issuer: TestCertificate? = nil, twin: TestCertificate? = nil) throws {
    let key = try twin?.key ?? Self.makeKey(contents.key)
    if twin != nil { EVP_PKEY_up_ref(key) }
    guard let certificate = X509_new() else { throw Failure(step: "X509_new") }
    self.key = key
    self.certificate = certificate
    try require(X509_set_version(certificate, 2), "version")
    try require(ASN1_INTEGER_set(X509_get_serialNumber(certificate), contents.serial), "serial")
    try require(Self.set(contents.notBefore, X509_getm_notBefore(certificate)), "notBefore")
    try require(Self.set(contents.notAfter, X509_getm_notAfter(certificate)), "notAfter")
    try require(
      X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, contents.commonName, -1, -1, 0), "subject")
    let issuerName = X509_get_subject_name(issuer?.certificate ?? certificate)
    try require(X509_set_issuer_name(certificate, issuerName), "issuer")
    try require(X509_set_pubkey(certificate, key), "key")
    for (number, value) in contents.extensions.sorted(by: { $0.key < $1.key }) {
      guard let made = X509V3_EXT_nconf_nid(nil, nil, number, value) else { throw Failure(step: value) }
      defer { X509_EXTENSION_free(made) }
      try require(X509_add_ext(certificate, made, -1), value)
    }
    let digest = contents.digest.flatMap { EVP_get_digestbyname($0) }
    guard X509_sign(certificate, issuer?.key ?? key, digest) > 0 else { throw Failure(step: "sign") }
    var octets: UnsafeMutablePointer<UInt8>?
    let length = i2d_X509(certificate, &octets)
    guard let octets, length > 0 else { throw Failure(step: "encode") }
    der = Array(UnsafeBufferPointer(start: octets, count: Int(length)))
    CRYPTO_free(octets, #file, #line)
  }

  deinit {
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  package var pem: [UInt8] { PEM.certificate(der) }

  package struct Failure: Error {
    package let step: String
  }

  /// As it stands, whatever it is.
  private static func set(_ text: String, _ time: UnsafeMutablePointer<ASN1_TIME>?) -> Int32 {
    guard let time else { return 0 }
    time.pointee.type = V_ASN1_GENERALIZEDTIME
    return ASN1_STRING_set(time, text, Int32(text.utf8.count))
  }

  private static func makeKey(_ kind: KeyKind) throws -> OpaquePointer {
    let key =
      switch kind {
      case .p256: generate(EVP_PKEY_EC, bits: nil)
      case .ed25519: generate(EVP_PKEY_ED25519, bits: nil)
      case .rsa(let bits): generate(EVP_PKEY_RSA, bits: Int32(bits))
      }
    guard let key else { throw Failure(step: "key") }
    return key
  }

  private static func generate(_ type: Int32, bits: Int32?) -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_id(type, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    guard EVP_PKEY_keygen_init(context) == 1 else { return nil }
    if type == EVP_PKEY_EC, EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) != 1 {
      return nil
    }
    if let bits, EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) != 1 { return nil }
    var key: OpaquePointer?
    return EVP_PKEY_generate(context, &key) == 1 ? key : nil
  }
}

private func require(_ result: Int32, _ step: String) throws {
  guard result == 1 else { throw TestCertificate.Failure(step: step) }
}

package enum PEM {
  package static func certificate(_ der: [UInt8]) -> [UInt8] {
    var text = Array("-----BEGIN CERTIFICATE-----\n".utf8)
    var rest = Array(Encoding.base64(der).utf8)[...]
    while !rest.isEmpty {
      text += rest.prefix(64) + [0x0A]
      rest = rest.dropFirst(64)
    }
    return text + Array("-----END CERTIFICATE-----\n".utf8)
  }
}
