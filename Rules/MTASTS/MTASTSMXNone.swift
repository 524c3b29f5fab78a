import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMXNone = Rule(
    "mtasts.mx-none",
    "The MTA-STS policy names no MX host",
    about: ServedPolicy.self,
    severity: .high,
    why: "In mode enforce or testing a policy without `mx` lines is none: TLS is not demanded.",
    fix: "Add a line `mx: HOST` for every MX host.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "enforce", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "testing", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: testing\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .passes("one", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "none needs none", documents: [.policy("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")],
        ExampleDocument.policyZone),
      .passes(
        "one that cannot be read is mtasts.mx-pattern",
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmx: *\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
    ]
  ) { served, _ in served.faults(of: .patterns).isEmpty ? served.faults(of: .hosts) : [] }
}
