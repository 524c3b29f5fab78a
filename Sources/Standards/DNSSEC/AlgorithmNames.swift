/// What the numbers are called (IANA "DNS Security Algorithm Numbers", "DS RR Type Digest Algorithms").
package enum AlgorithmName {
  /// `ALGORITHM 9` for what has no mnemonic.
  package static func algorithm(_ number: UInt8) -> String { algorithms[number] ?? "ALGORITHM \(number)" }

  /// `DIGEST 9` for what is not assigned.
  package static func digest(_ number: UInt8) -> String { digests[number] ?? "DIGEST \(number)" }

  private static let algorithms: [UInt8: String] = [
    0: "DELETE", 1: "RSAMD5", 2: "DH", 3: "DSA", 5: "RSASHA1", 6: "DSA-NSEC3-SHA1",
    7: "RSASHA1-NSEC3-SHA1", 8: "RSASHA256", 10: "RSASHA512", 12: "ECC-GOST", 13: "ECDSAP256SHA256",
    14: "ECDSAP384SHA384", 15: "ED25519", 16: "ED448", 17: "SM2SM3", 23: "ECC-GOST12", 252: "INDIRECT",
    253: "PRIVATEDNS", 254: "PRIVATEOID",
  ]

  private static let digests: [UInt8: String] = [
    1: "SHA-1", 2: "SHA-256", 3: "GOST R 34.11-94", 4: "SHA-384", 5: "GOST R 34.11-2012", 6: "SM3",
  ]
}
