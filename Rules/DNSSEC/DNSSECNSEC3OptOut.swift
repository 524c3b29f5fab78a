import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecNSEC3OptOut = Rule(
    "dnssec.nsec3-optout",
    "NSEC3 records leave unsigned delegations out",
    about: SignedZone.self,
    severity: .low,
    why: """
      Whoever can forge answers can put delegations into the gaps. Opt-out is for registries with many \
      unsigned delegations; what is denied in a gap is not proven.
      """,
    fix: "Sign without opt-out.",
    references: [.rfc(9276, "3.1"), .rfc(5155, "6")],
    examples: [
      .flags(
        "set", at: ["example.com."], ExampleSigning.zone + ExampleSigning.hashed(iterations: 0, flags: 1)),
      .passes("not set", ExampleSigning.zone + ExampleSigning.hashed(iterations: 0)),
    ]
  ) { zone, _ in
    guard zone.hashing.contains(where: \.isOptOut) else { return [] }
    return [zone.fault("NSEC3 records of \(zone.name) have the opt-out flag.")]
  }
}
