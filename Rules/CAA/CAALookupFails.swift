import Evidence
package import Verdict

extension Rule {
  package static let caaLookupFails = Rule(
    "caa.lookup-fails",
    "The look-up of CAA records fails",
    about: CAALookUp.self,
    severity: .high,
    why: """
      An authority that cannot learn what the CAA records say must not issue, and all of them validate DNSSEC when they \
      ask: the next renewal of the certificate fails.
      """,
    fix: """
      Have the name servers answer for the type CAA, with records or with a denial, and mend the signatures of the zone.
      """,
    references: [.rfc(8659, "3"), .practice("CA/Browser Forum ballot SC-085, DNSSEC for CAA look-ups")],
    examples: [
      .flags(
        "a signature does not hold", at: ["mail.example.com."], validations: Validation.bogus("mail", .caa),
        exampleHost + "\nmail CAA 0 issue \"ca.example\""),
      .flags(
        "nor the denial that there are any", at: ["mail.example.com."],
        validations: Validation.bogus("mail", .caa), exampleHost),
      .flags(
        "SERVFAIL for CAA", nameServers: .allSick(.rejectsType(.caa, 2)), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one server fails, the other answers", nameServers: .sick(.rejectsType(.caa, 2)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("it holds", exampleHost + "\nmail CAA 0 issue \"ca.example\""),
      .passes("not signed", signed: ["net."], exampleHost),
    ]
  ) { lookUp, facts in
    guard let failure = lookUp.failure else { return [] }
    let name = lookUp.question.name
    return [
      Fault(
        at: Place(name, .caa), saidBy: failure.source(facts.snapshot[lookUp.question]),
        "Whoever looks for the CAA records of \(name) \(failure.words).",
        expected: "CAA records, or a denial that holds", link: failure.link)
    ]
  }
}
