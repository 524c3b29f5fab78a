import MTASTS
package import Verdict

extension Rule {
  package static let mtastsModeNone = Rule(
    "mtasts.mode-none",
    "The MTA-STS policy is being withdrawn",
    about: ServedPolicy.self,
    severity: .info,
    why: """
      Mode none tells senders to forget what they kept: the right way to end MTA-STS, and no protection.
      """,
    fix: """
      Once the longest `max_age` that was ever published has passed, remove the record and the policy. If MTA-STS \
      is to stay, write `mode: testing` or `mode: enforce`, and a new id in the record.
      """,
    references: [.rfc(8461, "8.3")],
    examples: [
      .flags(
        "none", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")],
        ExampleDocument.policyZone),
      .passes("enforce", documents: [.policy()], ExampleDocument.policyZone),
    ]
  ) { served, _ in
    guard served.policy.usability == .ok, served.policy.mode == MTASTSMode.none else { return [] }
    return [served.document.fault("The policy has mode none.")]
  }
}
