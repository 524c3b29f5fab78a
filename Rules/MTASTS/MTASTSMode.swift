package import Verdict

extension Rule {
  package static let mtastsMode = Rule(
    "mtasts.mode",
    "The MTA-STS policy has no valid mode",
    about: ServedPolicy.self,
    severity: .high,
    why: "A policy whose mode is none of the three is none: TLS is not demanded.",
    fix: "Write `mode: testing` while reports are read, then `mode: enforce`.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "missing", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "a word of another standard", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: STSv1\r\nmode: report\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .passes("enforce", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "none",
        documents: [.policy("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")],
        ExampleDocument.policyZone),
    ]
  ) { served, _ in served.faults(of: .mode) }
}
