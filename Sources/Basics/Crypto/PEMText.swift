/// Keys and certificates in PEM (RFC 7468), of which the public half alone comes out: SubjectPublicKeyInfo in DER.
///
/// A private key is read where it lies, and what libcrypto made of it is wiped by its own free functions; who holds
/// the text wipes that.
import COpenSSL

package enum PEMText {
  package static let maximumOctets = 262_144  // a chain of some dozens of certificates

  /// Of the first key, private or public.
  package static func publicKey(in pem: UnsafeRawBufferPointer) throws(PEMError) -> [UInt8] {
    guard pem.count <= maximumOctets else { throw .tooLarge }
    guard
      let label = labels(in: pem).first(where: { $0.hasSuffix("PRIVATE KEY") || $0.hasSuffix("PUBLIC KEY") })
    else { throw .noKey }
    guard label != "ENCRYPTED PRIVATE KEY", !hasEncryptedHeader(pem) else { throw .encrypted }
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let memory = BIO_new_mem_buf(pem.baseAddress, Int32(pem.count)) else { throw .outOfMemory }
    defer { BIO_free(memory) }
    // Without a callback libcrypto would ask for a passphrase on the terminal.
    let key =
      label.hasSuffix("PRIVATE KEY")
      ? PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in -1 }, nil)
      : PEM_read_bio_PUBKEY(memory, nil, { _, _, _, _ in -1 }, nil)
    guard let key else { throw .unreadable }
    defer { EVP_PKEY_free(key) }
    let der = encoded { i2d_PUBKEY(key, $0) }
    guard !der.isEmpty else { throw .unreadable }
    return der
  }

  /// Of the first certificate, which is the server's own in a file with its chain.
  package static func certificateKey(in pem: UnsafeRawBufferPointer) throws(PEMError) -> [UInt8] {
    guard pem.count <= maximumOctets else { throw .tooLarge }
    guard labels(in: pem).contains(where: { $0.hasSuffix("CERTIFICATE") }) else { throw .noCertificate }
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let memory = BIO_new_mem_buf(pem.baseAddress, Int32(pem.count)) else { throw .outOfMemory }
    defer { BIO_free(memory) }
    guard let parsed = PEM_read_bio_X509(memory, nil, { _, _, _, _ in -1 }, nil) else { throw .unreadable }
    let certificate = CertificateHandle(taking: parsed)
    let key = certificate.read(der: []).subjectPublicKeyInfo
    guard !key.isEmpty else { throw .unreadable }
    return key
  }

  /// What stands behind `-----BEGIN `, in the order of the text.
  private static func labels(in pem: UnsafeRawBufferPointer) -> [String] {
    let opening = Array("-----BEGIN ".utf8)
    return pem.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
      guard line.starts(with: opening), line.count <= 64 else { return nil }
      return String(decoding: line.dropFirst(opening.count).prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
  }

  /// RFC 1421 §4.6.1.1, as older keys have it: `Proc-Type: 4,ENCRYPTED`.
  private static func hasEncryptedHeader(_ pem: UnsafeRawBufferPointer) -> Bool {
    let header = Array("Proc-Type:".utf8)
    return pem.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { $0.starts(with: header) }
  }

  private static func encoded(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32)
    -> [UInt8]
  {
    let length = Int(encode(nil))
    guard length > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      var cursor = buffer.baseAddress
      count = max(0, min(length, Int(encode(&cursor))))
    }
  }
}

package enum PEMError: Error, Hashable {
  case tooLarge
  case noKey
  case noCertificate
  /// A passphrase protects the key.
  case encrypted
  case unreadable
  case outOfMemory
}

extension PEMError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge: "The file is larger than \(PEMText.maximumOctets >> 10) KiB."
    case .noKey: "There is no key in PEM (-----BEGIN PRIVATE KEY-----, -----BEGIN PUBLIC KEY-----)."
    case .noCertificate: "There is no certificate in PEM (-----BEGIN CERTIFICATE-----)."
    case .encrypted: "A passphrase protects the key; give the public key or the record in its place."
    case .unreadable: "It is PEM, but what stands in it cannot be read."
    case .outOfMemory: "There is no memory to read it with."
    }
  }
}
