package import Verdict

extension Rule {
  package static let configWaiverExpired = Rule(
    "config.waiver-expired",
    "A waiver has ended",
    about: EndedWaiver.self,
    severity: .low,
    why: """
      A finding that was accepted for some time counts again, or is mended and the waiver is of no use any more.
      """,
    fix: """
      Mend the finding and remove the waiver, or give it another end.
      """,
    references: [.practice("the expected configuration")],
    examples: [
      .flags(
        "ended", at: ["example.com."], expecting: .exampleWaiver("tls.no-tls13", until: "2025-06-30"),
        "@ MX 10 mail"),
      .passes(
        "still standing", expecting: .exampleWaiver("tls.no-tls13", until: "2027-06-30"), "@ MX 10 mail"),
      .passes("none", expecting: .exampleV4, "@ MX 10 mail"),
    ]
  ) { ended, facts in
    let waiver = ended.waiver
    return [
      Fault(
        at: Place(waiver.name ?? facts.domain), saidBy: .nobody,
        """
        The waiver of \(foreign: waiver.rule) in line \(waiver.line) of the expected configuration ended on \
        \(own: waiver.end.description).
        """, observed: "\(foreign: waiver.reason)")
    ]
  }
}
