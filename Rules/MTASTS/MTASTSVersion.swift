import MTASTS
package import Verdict

extension Rule {
  package static let mtastsVersion = Rule(
    "mtasts.version",
    "The MTA-STS policy does not say its version",
    about: ServedPolicy.self,
    severity: .high,
    why: "Without `version: STSv1` a policy is none: TLS is not demanded.",
    fix: "Put `version: STSv1` in front of the policy, in exactly these letters.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "missing", at: ["mta-sts.example.com."],
        documents: [.policy("mode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "other letters", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: stsv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .flags("nothing", at: ["mta-sts.example.com."], documents: [.policy("")], ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "the order of the fields is free",
        documents: [
          .policy("mode: enforce\nmx: mail.example.com\nmax_age: 604800\nversion: STSv1\n")
        ], ExampleDocument.policyZone),
    ]
  ) { served, _ in served.faults(of: .version) }
}
