package import Verdict

extension Rule {
  package static let dmarcRUAMany = Rule(
    "dmarc.rua-many",
    "DMARC reports go to more than two addresses",
    about: PublishedDMARC.self,
    severity: .low,
    why: "Receivers need to send reports to two addresses at most; the others may get none.",
    fix: "Name two addresses, and let one of them pass the reports on.",
    references: [.rfc(7489, "6.2"), .rfc(9990, "3.5")],
    examples: [
      .flags(
        "three", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com,mailto:c@example.com""#),
      .passes(
        "two", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com""#),
    ]
  ) { published, _ in
    let limit = 2  // RFC 7489 §6.2
    let count = published.record.settings.aggregateReports.count
    guard count > limit else { return [] }
    return [published.fault("The tag `rua` has \(count) addresses.", expected: "at most \(limit)")]
  }
}
