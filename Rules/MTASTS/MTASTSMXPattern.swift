import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMXPattern = Rule(
    "mtasts.mx-pattern",
    "An mx line of the MTA-STS policy cannot be read",
    about: ServedPolicy.self,
    severity: .high,
    why: """
      Senders drop the line, or the whole policy. The hosts that were meant are not covered, and in mode \
      enforce get no mail.
      """,
    fix: "Write one line for each host: `mx: mail.example.com`, or `mx: *.example.com` for one label more.",
    references: [.rfc(8461, "3.2"), .rfc(8461, "4.1")],
    examples: [
      .flags(
        "a list", at: ["mta-sts.example.com."],
        documents: [
          .policy(
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com, mx2.example.com\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .flags(
        "an address", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: 192.0.2.1\r\n")], ExampleDocument.policyZone),
      .flags(
        "a dot at the end", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: mx2.example.com.\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "as in a certificate of old", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: .example.com\r\n")], ExampleDocument.policyZone),
      .flags(
        "part of a label", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: mx*.example.com\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "letters outside ASCII", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)mx: mx.bücher.example\r\n")],
        ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "a wildcard, and an A-label",
        documents: [
          .policy(
            "version: STSv1\nmode: enforce\nmx: *.example.com\nmx: mx.xn--bcher-kva.example\nmax_age: 604800\n"
          )
        ], ExampleDocument.policyZone),
    ]
  ) { served, _ in served.faults(of: .patterns) }
}
