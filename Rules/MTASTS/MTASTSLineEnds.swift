import MTASTS
package import Verdict

extension Rule {
  package static let mtastsLineEnds = Rule(
    "mtasts.line-ends",
    "The MTA-STS policy is not lines of fields",
    about: ServedPolicy.self,
    severity: .medium,
    why: """
      A policy is lines of `name: value` that end with LF or CRLF. What is written in another way some senders \
      read, and others drop with the line or the policy.
      """,
    fix: "Save the policy as plain text, without byte order mark, tabs and empty lines; serve no web page.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "a web page", at: ["mta-sts.example.com."], documents: [.policy("<!DOCTYPE html>\n<html></html>\n")],
        ExampleDocument.policyZone),
      .flags(
        "CR alone", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\rmode: enforce\rmx: mail.example.com\rmax_age: 604800\r")],
        ExampleDocument.policyZone),
      .flags(
        "a byte order mark", at: ["mta-sts.example.com."],
        documents: [.policy("\u{FEFF}\(ExampleDocument.policyText)")], ExampleDocument.policyZone),
      .flags(
        "a comment", at: ["mta-sts.example.com."],
        documents: [.policy("# our policy\n\(ExampleDocument.policyText)")], ExampleDocument.policyZone),
      .flags(
        "capitals", at: ["mta-sts.example.com."],
        documents: [.policy("\(ExampleDocument.policyText)MX: mx2.example.com\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "a tab", at: ["mta-sts.example.com."], severity: .low,
        documents: [
          .policy("version:\tSTSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n")
        ], ExampleDocument.policyZone),
      .flags(
        "an empty line", at: ["mta-sts.example.com."], severity: .info,
        documents: [.policy("\(ExampleDocument.policyText)\r\n")], ExampleDocument.policyZone),
      .passes("CRLF", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "LF, and no end of the last line",
        documents: [
          .policy("version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800")
        ], ExampleDocument.policyZone),
      .passes(
        "an unknown field",
        documents: [.policy("\(ExampleDocument.policyText)contact: postmaster\r\n")],
        ExampleDocument.policyZone),
    ]
  ) { served, _ in
    served.faults(of: .form) { kind in
      switch kind.effect {
      case .discardsPolicy, .dropsLine: nil
      // All senders pass over an empty line.
      case .warns: kind == .emptyLine ? .info : .low
      }
    }
  }
}
