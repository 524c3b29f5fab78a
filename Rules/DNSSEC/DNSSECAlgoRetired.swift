import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecAlgoRetired = Rule(
    "dnssec.algo-retired",
    "The zone is signed with a retired algorithm alone",
    about: SignedZone.self,
    severity: .high,
    why: """
      Validators do not support it, so that they treat the zone as not signed: the signatures protect \
      nothing, and DANE is silently off.
      """,
    fix: """
      Sign with algorithm 13 (ECDSAP256SHA256) beside, publish its DS record, then remove the old \
      algorithm (RFC 6781 section 4.1.4).
      """,
    references: [.rfc(9904, "2"), .rfc(9906, "2")],
    examples: [
      .flags(
        "DSA", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.key(3) + ExampleSigning.delegation(12345, 3)),
      .passes("ECDSA", ExampleSigning.zone),
    ]
  ) { zone, _ in
    zone.faultOfAlgorithms(.retired)
  }
}
