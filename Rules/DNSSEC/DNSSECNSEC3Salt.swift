import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecNSEC3Salt = Rule(
    "dnssec.nsec3-salt",
    "NSEC3 records are salted",
    about: SignedZone.self,
    severity: .low,
    why: """
      The salt protects nobody: names of other zones hash to other values anyway. It costs octets, and \
      work when it changes.
      """,
    fix: "Sign with an empty salt.",
    references: [.rfc(9276, "3.1")],
    examples: [
      .flags(
        "eight digits", at: ["example.com."],
        ExampleSigning.zone + ExampleSigning.hashed(iterations: 0, salt: "deadbeef")),
      .passes("none", ExampleSigning.zone + ExampleSigning.hashed(iterations: 0)),
    ]
  ) { zone, _ in
    guard let salt = zone.hashing.map(\.salt).first(where: { !$0.isEmpty }) else { return [] }
    return [
      zone.fault(
        "The salt of the NSEC3 records of \(zone.name) is \(own: Encoding.hex(salt)).", expected: "none")
    ]
  }
}
