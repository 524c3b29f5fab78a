import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecNSEC3Iterations = Rule(
    "dnssec.nsec3-iterations",
    "NSEC3 records take more hashing than one round",
    about: SignedZone.self,
    severity: .medium,
    why: """
      Further iterations protect nobody and cost every resolver. Validators treat denials with many of \
      them as not signed, and may refuse them.
      """,
    fix: "Sign with 0 iterations and no salt, or with NSEC instead of NSEC3.",
    references: [.rfc(9276, "3.1"), .rfc(9276, "3.2")],
    examples: [
      .flags("ten", at: ["example.com."], ExampleSigning.zone + ExampleSigning.hashed(iterations: 10)),
      .passes("none", ExampleSigning.zone + ExampleSigning.hashed(iterations: 0)),
      .passes("NSEC", ExampleSigning.zone),
    ]
  ) { zone, _ in
    guard let most = zone.hashing.map(\.iterations).max(), most > 0 else { return [] }
    return [zone.fault("The NSEC3 records of \(zone.name) take \(Int(most)) iterations.", expected: "0")]
  }
}
