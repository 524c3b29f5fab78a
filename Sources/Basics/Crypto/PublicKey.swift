/// What a public key in DER is: its kind, its size, its numbers, and known weaknesses of RSA keys.
///
/// Nothing here verifies a signature, and no key is checked by EVP_PKEY_public_check: its cost grows without
/// bound on keys that a stranger made (CVE-2023-6237).
package struct PublicKey: Hashable, Sendable {
  package enum Encoding: Hashable, Sendable {
    /// RFC 5280 §4.1.2.7: algorithm and key.
    case subjectPublicKeyInfo
    /// RSAPublicKey of RFC 8017 §A.1.1: modulus and exponent alone.
    case pkcs1
  }

  package enum Material: Hashable, Sendable {
    case rsa(RSAPublicKey)
    /// `ed25519Length` octets.
    case ed25519([UInt8])
    /// Any other algorithm, by the name libcrypto has for it or by its object identifier.
    case other(name: String)
  }

  package static let maximumRSABits = 16_384  // as OPENSSL_RSA_MAX_MODULUS_BITS
  package static let maximumOctets = 8_192  // modulus and exponent of that size, and what is around them

  package static let ed25519Length = 32  // octets, RFC 8032 §5.1.5

  package let encoding: Encoding
  package let material: Material

  /// Reads DER that must fill `der` exactly.
  package init(der: [UInt8]) throws(PublicKeyError) {
    guard der.count <= Self.maximumOctets else { throw .tooLarge }
    try DERHeader.requireExactly(der)
    if let material = try ForeignKey.subjectPublicKeyInfo(der) {
      self.encoding = .subjectPublicKeyInfo
      self.material = material
    } else if let key = try ForeignKey.rsaPublicKey(der) {
      self.encoding = .pkcs1
      self.material = .rsa(key)
    } else {
      throw .notAPublicKey
    }
  }
}

package enum PublicKeyError: Error, Hashable {
  /// The octets do not begin with a DER sequence.
  case notDER
  /// The sequence says that it is longer than what is there; both in octets, with its header.
  case truncated(announced: Int, present: Int)
  /// Octets follow the sequence.
  case trailingOctets(Int)
  /// A DER sequence, but neither SubjectPublicKeyInfo nor RSAPublicKey.
  case notAPublicKey
  /// Larger than `PublicKey.maximumRSABits`; not looked into.
  case tooLarge
}

extension PublicKeyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notDER: "The octets are not a DER sequence."
    case .truncated(let announced, let present):
      "The key is cut off: it says that it has \(announced) octets, and \(present) are there."
    case .trailingOctets(let count): "The key is followed by \(count) octets that do not belong to it."
    case .notAPublicKey: "The octets are DER, but no public key."
    case .tooLarge: "The key is larger than \(PublicKey.maximumRSABits) bits."
    }
  }
}

/// Tag and length of the outermost DER element (X.690 §8.1): enough to tell a cut key from a wrong one, which
/// d2i does not.
struct DERHeader {
  let totalLength: Int

  static func requireExactly(_ der: [UInt8]) throws(PublicKeyError) {
    let length = try DERHeader(der).totalLength
    guard length <= der.count else { throw .truncated(announced: length, present: der.count) }
    guard length == der.count else { throw .trailingOctets(der.count - length) }
  }

  init(_ der: [UInt8]) throws(PublicKeyError) {
    guard der.count >= 2, der[0] == 0x30 else { throw .notDER }
    guard der[1] >= 0x80 else {
      totalLength = 2 + Int(der[1])
      return
    }
    // Lengths of more than three octets are far above `maximumOctets`; 0x80 is BER's indefinite form.
    let lengthOctets = Int(der[1] & 0x7F)
    guard (1...3).contains(lengthOctets), der.count >= 2 + lengthOctets else { throw .notDER }
    totalLength = 2 + lengthOctets + der[2..<(2 + lengthOctets)].reduce(0) { $0 << 8 | Int($1) }
  }
}
