import Evidence
package import Verdict

extension Rule {
  package static let mtastsPolicyWithoutRecord = Rule(
    "mtasts.policy-without-record",
    "An MTA-STS policy is served that no record announces",
    about: UnannouncedPolicy.self,
    severity: .low,
    why:
      "Senders look for the TXT record first and ask for no policy without it: the policy protects nothing.",
    fix: "Publish `v=STSv1; id=…;` at `_mta-sts`, or take the policy away if it is left over.",
    references: [.rfc(8461, "3.1")],
    examples: [
      .flags(
        "a policy alone", at: ["mta-sts.example.com."], documents: [.policy()],
        "@ MX 10 mail\nmail A 192.0.2.1\nmta-sts A 192.0.2.80"),
      .passes("announced", documents: [.policy()], ExampleDocument.policyZone),
      .passes("no host", documents: [.policy()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a web site that answers at every name", documents: [.policy("<html></html>", type: "text/html")],
        "@ MX 10 mail\nmail A 192.0.2.1\n* A 192.0.2.80"),
      .passes(
        "a policy on its way out",
        documents: [.policy("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmta-sts A 192.0.2.80"),
    ]
  ) { unannounced, _ in
    guard let policy = unannounced.policy, policy.usability == .ok,
      policy.mode == .enforce || policy.mode == .testing
    else { return [] }
    return [
      unannounced.document.fault(
        "\(unannounced.document.fetch.request.host) serves a policy, and no record announces it.",
        expected: "a record at `_mta-sts`")
    ]
  }
}
