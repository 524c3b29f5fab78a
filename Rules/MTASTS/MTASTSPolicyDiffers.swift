import MTASTS
package import Verdict

extension Rule {
  package static let mtastsPolicyDiffers = Rule(
    "mtasts.policy-differs",
    "The MTA-STS policy is not the expected one",
    about: ServedPolicy.self,
    severity: .medium,
    why: """
      Senders do what the served policy says: in mode testing they deliver without TLS too, and for as long as \
      max_age says they keep it.
      """,
    fix: "Serve the policy of the expected configuration, and publish a new id.",
    references: [.rfc(8461, "3.2"), .practice("the expected configuration")],
    examples: [
      .flags(
        "testing", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ],
        expecting: .exampleV4, ExampleDocument.policyZone),
      .flags(
        "shorter", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 86400\r\n")],
        expecting: .exampleV4, ExampleDocument.policyZone),
      .passes(
        "as expected",
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ],
        expecting: .exampleV4, ExampleDocument.policyZone),
      .passes("nothing is expected", documents: [.policy()], ExampleDocument.policyZone),
    ]
  ) { served, facts in
    guard let expected = facts.expected?.mtasts, served.policy.usability == .ok,
      let mode = served.policy.mode, let maxAge = served.policy.maxAge,
      mode != expected.mode || maxAge != expected.maxAge
    else { return [] }
    return [
      served.document.fault(
        "The policy has mode \(own: mode.rawValue) and max_age \(maxAge).",
        expected: "mode \(own: expected.mode.rawValue) and max_age \(expected.maxAge)")
    ]
  }
}
