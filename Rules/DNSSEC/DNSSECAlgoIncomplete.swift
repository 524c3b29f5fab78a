import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecAlgoIncomplete = Rule(
    "dnssec.algo-incomplete",
    "Not everything is signed with every algorithm",
    about: SignedZone.self,
    severity: .medium,
    why: """
      The DS records promise signatures of each algorithm that they name. Strict validators refuse what \
      lacks one.
      """,
    fix: """
      Sign the whole zone with each algorithm of the DS records, or remove the DS records of the one that \
      does not sign.
      """,
    references: [.rfc(4035, "2.2"), .rfc(6840, "5.11"), .rfc(6781, "4.1.4")],
    examples: [
      .flags(
        "one of two", at: ["example.com."],
        ExampleSigning.zone + ExampleSigning.key(15) + ExampleSigning.delegation(12345, 15)
          + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")),
      .passes(
        "both",
        ExampleSigning.zone + ExampleSigning.key(15) + ExampleSigning.delegation(12345, 15)
          + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")
          + ExampleSigning.signature(15, from: "20261101000000", until: "20261201000000")),
      .passes(
        "the first stage of a migration: the DS record is not there yet",
        ExampleSigning.zone + ExampleSigning.key(15)
          + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")),
    ]
  ) { zone, _ in
    // Of all servers together: those of several providers may each sign in their own way (RFC 8901).
    let promised = Set(zone.signers.map(\.algorithm)).intersection(zone.keys.map(\.algorithm))
    for (covered, signatures) in zone.signaturesByRecordSet where !signatures.isEmpty {
      let lacking = promised.subtracting(signatures.map(\.algorithm)).sorted()
      guard !lacking.isEmpty else { continue }
      let names = lacking.map { "\(algorithm: $0)" as Message }.enumeration
      return [
        zone.fault("\(covered) has no signature of \(names), which the DS records of \(zone.name) name.")
      ]
    }
    return []
  }
}
