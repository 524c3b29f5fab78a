import DMARC
package import Verdict

extension Rule {
  package static let dmarcPNone = Rule(
    "dmarc.p-none",
    "DMARC asks receivers to do nothing",
    about: AppliedDMARC.self,
    severity: .info,
    why: """
      Under `p=none` a forged message is delivered like a real one. It meets every receiver's minimum, and \
      is the way to begin: the reports tell who sends.
      """,
    fix: "Read the reports until every own source passes, then publish `p=quarantine`.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "5.1.5")],
    examples: [
      .flags(
        "monitoring", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
      .flags(
        "a subdomain that is let off", domain: "sub.example.com", at: ["_dmarc.example.com."],
        #"sub MX 10 mail"# + "\n" + #"_dmarc TXT "v=DMARC1; p=reject; sp=none; rua=mailto:d@example.com""#),
      .passes("quarantine", #"_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:d@example.com""#),
      .passes("without reports it is dmarc.p-none-no-rua", #"_dmarc TXT "v=DMARC1; p=none""#),
    ]
  ) { applied, facts in
    guard let preference = applied.preference, preference.policy == .none,
      !applied.published.record.settings.aggregateReports.isEmpty
    else { return [] }
    return [
      applied.published.fault(
        "For mail of \(facts.domain) the record says \(own: preference.tag.rawValue)=none.")
    ]
  }
}
