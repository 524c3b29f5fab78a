/// The owner of an X509, and what is read from it. Every function copies out and leaves the thread's error queue
/// empty.
import COpenSSL
import DNSData

struct CertificateHandle: ~Copyable {
  /// Not to be used beyond the life of the handle.
  let pointer: OpaquePointer

  init(taking pointer: OpaquePointer) { self.pointer = pointer }

  init(der: [UInt8]) throws(CertificateError) {
    guard der.count <= Certificate.maximumOctets else { throw .tooLarge }
    ERR_clear_error()
    defer { ERR_clear_error() }
    var consumed = 0
    let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var cursor = buffer.baseAddress
      let parsed = d2i_X509(nil, &cursor, buffer.count)
      if let start = buffer.baseAddress, let cursor { consumed = cursor - start }
      return parsed
    }
    guard let parsed else { throw .notACertificate }
    guard consumed == der.count else {
      X509_free(parsed)
      throw .trailingOctets(der.count - consumed)
    }
    self.init(taking: parsed)
  }

  deinit { X509_free(pointer) }

  func read(der: [UInt8]) -> Certificate {
    ERR_clear_error()
    defer { ERR_clear_error() }
    let spki = subjectPublicKeyInfo
    return Certificate(
      der: der, subject: Self.text(X509_get_subject_name(pointer)),
      issuer: Self.text(X509_get_issuer_name(pointer)),
      issuerOrganization: Self.organization(X509_get_issuer_name(pointer)), subjectAltName: subjectAltName,
      notBefore: Self.timestamp(X509_get0_notBefore(pointer)),
      notAfter: Self.timestamp(X509_get0_notAfter(pointer)), key: key(spki),
      signatureAlgorithm: signatureAlgorithm, signatureDigest: signatureDigest,
      isSelfSigned: X509_self_signed(pointer, 1) == 1, isForServers: isForServers, mustStaple: mustStaple,
      serial: serial,
      subjectPublicKeyInfo: spki)
  }
}

extension CertificateHandle {
  /// X509_NAME_oneline is not used: it cuts and does not escape.
  private static func text(_ name: OpaquePointer?) -> String {
    guard let name, let memory = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(memory) }
    guard X509_NAME_print_ex(memory, name, 0, shim_XN_FLAG_RFC2253()) >= 0 else { return "" }
    var data: UnsafeMutablePointer<CChar>?
    let count = shim_BIO_get_mem_data(memory, &data)
    guard let data, count > 0 else { return "" }
    return data.withMemoryRebound(to: UInt8.self, capacity: count) {
      String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
    }
  }

  private static func organization(_ name: OpaquePointer?) -> String? {
    guard let name, case let index = X509_NAME_get_index_by_NID(name, NID_organizationName, -1), index >= 0,
      let value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))
    else { return nil }
    var text: UnsafeMutablePointer<UInt8>?
    let count = Int(ASN1_STRING_to_UTF8(&text, value))
    guard let text else { return nil }
    defer { CRYPTO_free(text, nil, 0) }
    return count >= 0 ? String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self) : nil
  }

  /// The years 0 to 9999, which are all that ASN.1 can write; nil if it is no date.
  static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
    guard let time, ASN1_TIME_check(time) == 1, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
    defer { ASN1_STRING_free(epoch) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
    return Timestamp(seconds: Int64(days) * 86_400 + Int64(seconds))
  }

  private var subjectPublicKeyInfo: [UInt8] {
    guard let info = X509_get_X509_PUBKEY(pointer) else { return [] }
    return DER.encoded { i2d_X509_PUBKEY(info, $0) }
  }

  private func key(_ spki: [UInt8]) -> CertificateKey {
    guard let key = X509_get0_pubkey(pointer) else {
      return CertificateKey(kind: .other(name: SubjectPublicKeyInfo(spki)?.algorithm.name ?? ""), bits: nil)
    }
    let bits = EVP_PKEY_get_bits(key)
    return CertificateKey(kind: Self.kind(of: key), bits: bits > 0 ? Int(bits) : nil)
  }

  private static func kind(of key: OpaquePointer) -> CertificateKey.Kind {
    switch EVP_PKEY_get_base_id(key) {
    case EVP_PKEY_RSA: return .rsa
    case EVP_PKEY_RSA_PSS: return .rsaPSS
    case EVP_PKEY_ED25519: return .ed25519
    case EVP_PKEY_ED448: return .ed448
    case EVP_PKEY_DSA: return .dsa
    case EVP_PKEY_EC: return .ec(curve: curve(of: key))
    default: return .other(name: EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "")
    }
  }

  private static func curve(of key: OpaquePointer) -> String? {
    var name = [CChar](repeating: 0, count: 80)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1, length > 0 else { return nil }
    return String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private var signatureAlgorithm: String {
    var algorithm: UnsafePointer<X509_ALGOR>?
    X509_get0_signature(nil, &algorithm, pointer)
    var object: OpaquePointer?
    X509_ALGOR_get0(&object, nil, nil, algorithm)
    // The long names are those of RFC 8017 and RFC 5758.
    guard let object, case let number = OBJ_obj2nid(object), number != NID_undef,
      let name = OBJ_nid2ln(number)
    else { return SubjectPublicKeyInfo.name(of: object) }
    return String(cString: name)
  }

  private var signatureDigest: String? {
    var digest: Int32 = NID_undef
    guard X509_get_signature_info(pointer, &digest, nil, nil, nil) == 1, digest != NID_undef else {
      return nil
    }
    return OBJ_nid2sn(digest).map { String(cString: $0) }
  }

  private var isForServers: Bool {
    let extensions = X509_get_extension_flags(pointer)
    guard extensions & UInt32(EXFLAG_INVALID) == 0, extensions & UInt32(EXFLAG_XKUSAGE) != 0 else {
      return true
    }
    return X509_get_extended_key_usage(pointer) & UInt32(XKU_SSL_SERVER | XKU_ANYEKU) != 0
  }

  /// status_request (5) among the TLS features (RFC 7633 §4).
  private var mustStaple: Bool {
    guard let raw = X509_get_ext_d2i(pointer, NID_tlsfeature, nil, nil) else { return false }
    let features = OpaquePointer(raw)
    defer {
      OPENSSL_sk_pop_free(features) { ASN1_INTEGER_free($0?.assumingMemoryBound(to: ASN1_INTEGER.self)) }
    }
    return (0..<max(0, OPENSSL_sk_num(features))).contains { index in
      guard let value = OPENSSL_sk_value(features, index) else { return false }
      return ASN1_INTEGER_get(value.assumingMemoryBound(to: ASN1_INTEGER.self)) == 5
    }
  }

  private var serial: [UInt8] { Self.octets(X509_get0_serialNumber(pointer)) }

  static func octets(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
    guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(max(0, ASN1_STRING_length(string)))))
  }
}

extension CertificateHandle {
  private var subjectAltName: SubjectAltName {
    // -1: there is none; -2: there are several; another value: there is one that does not decode.
    var found: Int32 = 0
    guard let raw = X509_get_ext_d2i(pointer, NID_subject_alt_name, &found, nil) else {
      return SubjectAltName(
        dnsNames: [], addresses: [], others: 0, standing: found == -1 ? .absent : .malformed)
    }
    let names = OpaquePointer(raw)
    defer { GENERAL_NAMES_free(names) }
    var dnsNames: [[UInt8]] = []
    var addresses: [IPAddress] = []
    var others = 0
    for index in 0..<max(0, OPENSSL_sk_num(names)) {
      switch Self.value(OPENSSL_sk_value(names, index)) {
      case .dns(let name): dnsNames.append(name)
      case .address(let address): addresses.append(address)
      case .other: others += 1
      }
    }
    return SubjectAltName(dnsNames: dnsNames, addresses: addresses, others: others, standing: .present)
  }

  private enum GeneralName {
    case dns([UInt8])
    case address(IPAddress)
    case other
  }

  private static func value(_ raw: UnsafeMutableRawPointer?) -> GeneralName {
    guard let name = raw?.assumingMemoryBound(to: GENERAL_NAME.self) else { return .other }
    var type: Int32 = -1
    guard let value = GENERAL_NAME_get0_value(name, &type), type == GEN_DNS || type == GEN_IPADD else {
      return .other
    }
    let octets = octets(UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self)))
    if type == GEN_DNS { return .dns(octets) }
    if let address = IPv4Address(octets: octets) { return .address(.v4(address)) }
    if let address = IPv6Address(octets: octets) { return .address(.v6(address)) }
    return .other
  }
}
