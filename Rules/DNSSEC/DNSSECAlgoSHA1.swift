import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecAlgoSHA1 = Rule(
    "dnssec.algo-sha1",
    "The zone is signed with SHA-1 alone",
    about: SignedZone.self,
    severity: .high,
    why: """
      Validators have to treat such a zone as not signed: the signatures protect nothing, and DANE is \
      silently off.
      """,
    fix: """
      Sign with algorithm 13 (ECDSAP256SHA256) beside, publish its DS record, then remove the old \
      algorithm (RFC 6781 section 4.1.4).
      """,
    references: [.rfc(9905, "2"), .rfc(6781, "4.1.4")],
    examples: [
      .flags(
        "RSASHA1-NSEC3-SHA1", at: ["example.com."],
        "@ MX 10 mail" + ExampleSigning.key(7, ExampleSigning.rsa(bits: 2048))
          + ExampleSigning.delegation(12345, 7)),
      .passes(
        "another algorithm beside: a migration",
        ExampleSigning.zone + ExampleSigning.key(7, ExampleSigning.rsa(bits: 2048))
          + ExampleSigning.delegation(12345, 7)),
      .passes("ECDSA", ExampleSigning.zone),
    ]
  ) { zone, _ in
    zone.faultOfAlgorithms(.sha1)
  }
}
