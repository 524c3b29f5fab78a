/// Keys as libcrypto reads them. Every handle has one owner here, everything is copied out, and the thread's
/// error queue is left empty: what lies in it would be taken for the error of whatever runs next on this
/// thread.
import COpenSSL

enum ForeignKey {
  /// nil if the octets are no SubjectPublicKeyInfo.
  static func subjectPublicKeyInfo(_ der: [UInt8]) throws(PublicKeyError) -> PublicKey.Material? {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let info = SubjectPublicKeyInfo(der) else { return nil }
    switch info.algorithm.number {
    case NID_rsaEncryption:
      // The bit string holds an RSAPublicKey (RFC 3279 §2.3.1), which must fill it.
      try DERHeader.requireExactly(info.keyOctets)
      guard let key = try rsaPublicKey(info.keyOctets) else { throw .notAPublicKey }
      return .rsa(key)
    case NID_ED25519:
      guard info.keyOctets.count == PublicKey.ed25519Length else { throw .notAPublicKey }
      return .ed25519(info.keyOctets)
    default: return .other(name: info.algorithm.name)
    }
  }

  /// nil if the octets are no RSAPublicKey.
  static func rsaPublicKey(_ der: [UInt8]) throws(PublicKeyError) -> RSAPublicKey? {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let key = OwnedKey(rsaPublicKey: der) else { return nil }
    guard let modulus = key.number(OSSL_PKEY_PARAM_RSA_N), let exponent = key.number(OSSL_PKEY_PARAM_RSA_E)
    else { throw .notAPublicKey }
    guard modulus.bits <= PublicKey.maximumRSABits else { throw .tooLarge }
    let exponentOctets = exponent.octets
    return RSAPublicKey(
      modulus: modulus.octets, exponent: exponentOctets, bits: modulus.bits,
      weaknesses: RSAWeakness.all(exponent: exponentOctets) { modulus.remainder($0) })
  }
}

private struct OwnedKey: ~Copyable {
  private let pointer: OpaquePointer

  init?(rsaPublicKey der: [UInt8]) {
    let parsed = der.withUnsafeBufferPointer { buffer in
      var cursor = buffer.baseAddress
      return d2i_PublicKey(EVP_PKEY_RSA, nil, &cursor, buffer.count)
    }
    guard let parsed else { return nil }
    pointer = parsed
  }

  deinit { EVP_PKEY_free(pointer) }

  func number(_ parameter: String) -> Number? {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(pointer, parameter, &number) == 1, let number else { return nil }
    return Number(taking: number)
  }
}

struct SubjectPublicKeyInfo: ~Copyable {
  private let pointer: OpaquePointer

  init?(_ der: [UInt8]) {
    let parsed = der.withUnsafeBufferPointer { buffer in
      var cursor = buffer.baseAddress
      return d2i_X509_PUBKEY(nil, &cursor, buffer.count)
    }
    guard let parsed else { return nil }
    pointer = parsed
  }

  deinit { X509_PUBKEY_free(pointer) }

  /// What the bit string holds.
  var keyOctets: [UInt8] {
    var octets: UnsafePointer<UInt8>?
    var length: Int32 = 0
    guard X509_PUBKEY_get0_param(nil, &octets, &length, nil, pointer) == 1, let octets, length > 0 else {
      return []
    }
    return Array(UnsafeBufferPointer(start: octets, count: Int(length)))
  }

  var algorithm: (number: Int32, name: String) {
    var object: OpaquePointer?
    guard X509_PUBKEY_get0_param(&object, nil, nil, nil, pointer) == 1, let object else {
      return (NID_undef, "")
    }
    return (OBJ_obj2nid(object), Self.name(of: object))
  }

  /// The name libcrypto has for an object identifier, or the identifier itself.
  static func name(of object: OpaquePointer?) -> String {
    guard let object else { return "" }
    let number = OBJ_obj2nid(object)
    if number != NID_undef, let name = OBJ_nid2sn(number) { return String(cString: name) }
    // 80 characters are called enough by OBJ_obj2txt(3); a longer object identifier is cut.
    var text = [CChar](repeating: 0, count: 80)
    OBJ_obj2txt(&text, Int32(text.count), object, 1)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

private struct Number: ~Copyable {
  private let pointer: OpaquePointer

  init(taking pointer: OpaquePointer) { self.pointer = pointer }

  deinit { BN_free(pointer) }

  var bits: Int { Int(BN_num_bits(pointer)) }

  var octets: [UInt8] {
    let length = (bits + 7) / 8
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = length == 0 ? 0 : Int(BN_bn2bin(pointer, buffer.baseAddress))
    }
  }

  /// `divisor` must not be 0.
  func remainder(_ divisor: UInt64) -> UInt64 { UInt64(BN_mod_word(pointer, UInt(divisor))) }
}
