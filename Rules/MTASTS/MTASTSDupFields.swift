import MTASTS
package import Verdict

extension Rule {
  package static let mtastsDupFields = Rule(
    "mtasts.dup-fields",
    "A field of the MTA-STS policy is repeated",
    about: ServedPolicy.self,
    severity: .low,
    why: "Only the first counts; whoever edits the other one changes nothing.",
    fix: "Keep one `version`, one `mode` and one `max_age`. Only `mx` may be repeated.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "two modes", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mode: testing\r\n")], ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "two MX hosts",
        documents: [.policy("\(ExampleDocument.policyText)mx: mx2.example.com\r\n")],
        ExampleDocument.policyZone),
    ]
  ) { served, _ in served.faults(of: .repetition) }
}
