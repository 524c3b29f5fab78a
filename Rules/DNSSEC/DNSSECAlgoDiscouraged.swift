import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecAlgoDiscouraged = Rule(
    "dnssec.algo-discouraged",
    "Keys are weaker than they should be",
    about: SignedZone.self,
    severity: .low,
    why: """
      RSASHA512 gains nothing over RSASHA256 and makes answers larger; RSA keys of fewer than 2048 bits \
      are within reach of a determined attacker who has time.
      """,
    fix: """
      Sign with algorithm 13 (ECDSAP256SHA256): its keys are short and strong.
      """,
    references: [.rfc(9904, "2"), .practice("NIST SP 800-57 part 1")],
    examples: [
      .flags(
        "1024 bits", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.key(8, ExampleSigning.rsa(bits: 1024))
          + ExampleSigning.delegation(1698, 8)),
      .flags(
        "512 bits", at: ["example.com."], severity: .medium,
        "@ MX 10 mail" + ExampleSigning.key(8, ExampleSigning.rsa(bits: 512))
          + ExampleSigning.delegation(47958, 8)),
      .flags(
        "RSASHA512", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.key(10, ExampleSigning.rsa(bits: 2048))
          + ExampleSigning.delegation(1, 10)),
      .passes(
        "2048 bits",
        "@ MX 10 mail" + ExampleSigning.key(8, ExampleSigning.rsa(bits: 2048))
          + ExampleSigning.delegation(40248, 8)),
      .passes("ECDSA", ExampleSigning.zone),
    ]
  ) { zone, _ in
    var faults: [Fault] = []
    let lengths = zone.keys.compactMap(\.modulusLength)
    if let shortest = lengths.min(), shortest < 2048 {
      faults.append(
        zone.fault(
          severity: shortest < 1024 ? .medium : nil,
          "The shortest RSA key of \(zone.name) has \(shortest) bits.", expected: "2048 or more"))
    }
    if zone.keys.contains(where: { $0.algorithm == 10 }) {
      faults.append(zone.fault("\(zone.name) is signed with \(algorithm: 10)."))
    }
    return faults
  }
}
