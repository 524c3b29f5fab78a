import DNSData
import Evidence

/// Keys, delegations and signatures for the examples of DNSSEC rules, in zone text. No private key is anybody's, and no
/// signature verifies: what validation says stands beside, as `validations`.
enum ExampleSigning {
  static let publicKey =
    "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=="
  private static let digest = String(repeating: "ab", count: 32)

  /// A key-signing key (tag 2371) and a zone-signing key (2370).
  static let keys = "\n@ DNSKEY 257 3 13 \(publicKey)\n@ DNSKEY 256 3 13 \(publicKey)\n"
  static let delegation = "\n@ DS 2371 13 2 \(digest)\n"
  /// A mail domain, signed, without its signatures.
  static let zone = "@ MX 10 mail\nmail A 192.0.2.1" + keys + delegation

  static func key(_ algorithm: Int, flags: Int = 257, _ octets: String = publicKey) -> String {
    "\n@ DNSKEY \(flags) 3 \(algorithm) \(octets)\n"
  }

  static func delegation(_ tag: Int, _ algorithm: Int, digest type: Int = 2) -> String {
    "\n@ DS \(tag) \(algorithm) \(type) \(type == 1 ? String(repeating: "ab", count: 20) : digest)\n"
  }

  /// Over the MX records; times as in zone files. The examples are judged at 20261121040506.
  static func signature(_ algorithm: Int = 13, from inception: String, until expiration: String) -> String {
    "\n@ RRSIG MX \(algorithm) 2 3600 \(expiration) \(inception) 2370 example.com. qqqq\n"
  }

  /// Denies what comes after the apex.
  static func hashed(iterations: Int, salt: String = "-", flags: Int = 0) -> String {
    """

    0p9mhaveqvm6t7vbl5lop2u3t2rp3tom NSEC3 1 \(flags) \(iterations) \(salt) 2t7b4g4vsa5smi47k61mv5bv1a22bojr A RRSIG

    """
  }

  /// An RSA key of so many bits (RFC 3110 §2).
  static func rsa(bits: Int) -> String {
    Encoding.base64([3, 1, 0, 1, 0xC3] + [UInt8](repeating: 0x5A, count: bits / 8 - 1))
  }
}

extension [Validation] {
  /// Of names and types that break by one link.
  static func broken(
    _ questions: [(String, RecordType)], at link: (name: String, type: RecordType),
    in zone: String = "example.com.",
    _ reason: ChainBreak.Reason
  ) -> [Validation] {
    guard let name = try? Name(link.name), let zone = try? Name(zone) else { return [] }
    let link = ChainBreak(question: Question(name, link.type), zone: zone, reason: reason)
    return questions.compactMap { name, type in
      (try? Name(name)).map { Validation(question: Question($0, type), security: .bogus(link)) }
    }
  }

  static func unsigned(_ questions: [(String, RecordType)], below zone: String) -> [Validation] {
    guard let zone = try? Name(zone) else { return [] }
    let insecurity = Insecurity(zone: zone, reason: .unsignedDelegation)
    return questions.compactMap { name, type in
      (try? Name(name)).map { Validation(question: Question($0, type), security: .insecure(insecurity)) }
    }
  }

  static func secure(
    _ name: String, _ type: RecordType, _ conclusion: Validation.Conclusion? = nil
  ) -> [Validation] {
    guard let name = try? Name(name) else { return [] }
    return [Validation(question: Question(name, type), security: .secure, conclusion: conclusion)]
  }
}
