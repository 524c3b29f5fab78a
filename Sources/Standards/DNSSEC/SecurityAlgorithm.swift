/// The algorithm and digest numbers of DNSSEC that are validated (IANA "DNS Security Algorithm Numbers", "DS RR Type
/// Digest Algorithms"), and keys in their form.
internal import Crypto
package import DNSData
internal import Evidence

/// RSA/SHA-1 (5 and 7) is not among them: RFC 9905 §2 has validators treat it as unsupported.
enum SecurityAlgorithm: UInt8 {
  case rsaSHA256 = 8
  case rsaSHA512 = 10
  case ecdsaP256SHA256 = 13
  case ecdsaP384SHA384 = 14
  case ed25519 = 15
  case ed448 = 16

  /// nil when the octets of `key` are no key of this algorithm.
  func signatureKey(_ key: DNSKEY) -> SignatureKey? {
    switch self {
    case .rsaSHA256: Self.rsa(key.publicKey, .sha256).flatMap(SignatureKey.init)
    case .rsaSHA512: Self.rsa(key.publicKey, .sha512).flatMap(SignatureKey.init)
    case .ecdsaP256SHA256: SignatureKey(.p256(key.publicKey))
    case .ecdsaP384SHA384: SignatureKey(.p384(key.publicKey))
    case .ed25519: SignatureKey(.ed25519(key.publicKey))
    case .ed448: SignatureKey(.ed448(key.publicKey))
    }
  }

  /// RFC 3110 §2.
  private static func rsa(
    _ octets: [UInt8], _ digest: SignatureKeyMaterial.RSADigest
  ) -> SignatureKeyMaterial? {
    guard let first = octets.first else { return nil }
    let isLong = first == 0
    guard !isLong || octets.count >= 3 else { return nil }
    let length = isLong ? Int(octets[1]) << 8 | Int(octets[2]) : Int(first)
    let rest = octets.dropFirst(isLong ? 3 : 1)
    guard length < rest.count else { return nil }
    return .rsa(exponent: Array(rest.prefix(length)), modulus: Array(rest.dropFirst(length)), digest)
  }
}

/// SHA-1 (1) is not among them (RFC 9905 §2).
enum DelegationDigest: UInt8 {
  case sha256 = 2
  case sha384 = 4

  func digest(_ octets: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256: Digest.sha256(octets)
    case .sha384: Digest.sha384(octets)
    }
  }
}

extension DNSKEY {
  /// RFC 4034 §2.1.1. The SEP flag means nothing to a validator.
  package var isZoneKey: Bool { flags & 0x0100 != 0 && `protocol` == 3 }

  /// RFC 5011 §2.1.
  package var isRevoked: Bool { flags & 0x0080 != 0 }

  /// RFC 4034 appendix B.
  package var keyTag: UInt16 {
    var sum: UInt32 = 0
    for (index, octet) in RecordData.dnskey(self).rdata.enumerated() {
      sum &+= index.isMultiple(of: 2) ? UInt32(octet) << 8 : UInt32(octet)
    }
    return UInt16(truncatingIfNeeded: sum &+ (sum >> 16))
  }
}

extension DS {
  /// RFC 4034 §5.1.4; false for digests that are not validated.
  func names(_ key: DNSKEY, of owner: Name) -> Bool {
    guard key.keyTag == keyTag, key.algorithm == algorithm,
      let type = DelegationDigest(rawValue: digestType)
    else { return false }
    return type.digest(owner.wire + RecordData.dnskey(key).rdata) == digest
  }
}

extension RecordType {
  static let dname = RecordType(rawValue: 39)
  /// RFC 9824 §3.4: in a bitmap only, for a name that does not exist.
  static let nxname = RecordType(rawValue: 128)
}
