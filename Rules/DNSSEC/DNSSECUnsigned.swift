import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecUnsigned = Rule(
    "dnssec.unsigned",
    "The domain is not signed",
    about: DomainTrust.self,
    severity: .low,
    why: """
      Answers about the domain can be forged on the way, and DANE, which keeps mail from being delivered \
      to a stranger's server, is not possible.
      """,
    fix: """
      Sign the zone, which most providers do at a click, and have the registrar publish the DS record.
      """,
    references: [.rfc(9364, "2"), .rfc(7672, "2.2")],
    examples: [
      .flags("no DS", at: ["example.com."], signed: ["other.example."], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("signed", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "keys without DS are dnssec.island", signed: ["other.example."], "@ MX 10 mail" + ExampleSigning.keys),
    ]
  ) { domain, facts in
    guard case .insecure(let insecurity) = domain.trust else { return [] }
    switch insecurity.reason {
    case .unsignedDelegation, .optOut: break
    // It is signed, and others tell why that does not count.
    case .unsupportedAlgorithms, .unsupportedDigests, .iterations: return []
    }
    guard facts.observation(of: SignedZone.self).subjects.isEmpty else { return [] }
    return [
      Fault(
        at: Place(insecurity.zone, .ds),
        saidBy: facts.snapshot.answer(insecurity.zone, .ds)?.responder ?? domain.answer.responder,
        "\(insecurity.message).")
    ]
  }
}
