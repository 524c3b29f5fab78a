import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecSigTooLong = Rule(
    "dnssec.sig-too-long",
    "Signatures are valid for more than half a year",
    about: SignedZone.self,
    severity: .low,
    why: """
      Until a signature expires, whoever has kept an old answer can present it as new.
      """,
    fix: "Sign for a few weeks at a time, and renew in good time.",
    references: [.rfc(6781, "4.4.2"), .practice("Zonemaster DNSSEC04")],
    examples: [
      .flags(
        "two years", at: ["example.com."],
        ExampleSigning.zone + ExampleSigning.signature(from: "20260101000000", until: "20280101000000")),
      .passes(
        "a month",
        ExampleSigning.zone + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")),
    ]
  ) { zone, _ in
    guard let longest = zone.signatures.max(by: { $0.lifetime < $1.lifetime }),
      longest.lifetime > 180 * 86_400
    else { return [] }
    return [
      zone.fault(
        "The signature of \(longest.covered) is valid for \(Int(longest.lifetime / 86_400)) days.",
        expected: "180 at most")
    ]
  }
}
