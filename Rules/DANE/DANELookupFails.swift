import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let daneLookupFails = Rule(
    "dane.lookup-fails",
    "The look-up of TLSA records of an MX host fails",
    about: MXHostPinLookUp.self,
    severity: .critical,
    why: """
      A sender that uses DANE cannot tell a failing look-up from an attack, and delivers nothing to the host, whether \
      there are records or not. Large providers do so; their mail waits, and goes back after some days.
      """,
    fix: """
      Have the name servers answer for `_25._tcp` below the host, with records or with a signed denial, and mend the \
      signatures of the zone. Firewalls in front of name servers must let the type TLSA pass.
      """,
    references: [.rfc(7672, "2.1.2"), .rfc(7672, "2.2"), .rfc(4035, "5.5")],
    examples: [
      .flags(
        "a signature does not hold", at: ["_25._tcp.mail.example.com."],
        validations: Validation.bogus("_25._tcp.mail", .tlsa), examplePinnedHost),
      .flags(
        "nor the denial that there are any", at: ["_25._tcp.mail.example.com."],
        validations: Validation.bogus("_25._tcp.mail", .tlsa), exampleHost),
      .flags(
        "SERVFAIL for TLSA", at: ["_25._tcp.mail.example.com."],
        validations: .secure("mail.example.com.", .a), nameServers: .allSick(.rejectsType(.tlsa, 2)),
        exampleHost
      ),
      .passes(
        "one server fails, the other answers",
        validations: .secure("mail.example.com.", .a) + .secure("_25._tcp.mail.example.com.", .tlsa),
        nameServers: .sick(.rejectsType(.tlsa, 2)), exampleHost),
      .passes("it holds", examplePinnedHost),
      .passes("nobody asks, since the addresses are not signed", signed: ["net."], exampleHost),
    ]
  ) { lookUp, facts in
    let pins = lookUp.pins
    guard case .failure(let question, let failure) = pins.finding, question.type == .tlsa else { return [] }
    let whose: Message = pins.ownership == .own ? "" : " It is for those who run the host to mend."
    return [
      Fault(
        at: Place(question.name, .tlsa), saidBy: failure.source(facts.snapshot[question]),
        "Whoever looks for the TLSA records of \(pins.host) \(failure.words).\(whose)",
        expected: "TLSA records, or a denial that holds", link: failure.link)
    ]
  }
}
