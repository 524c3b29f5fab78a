import Evidence
package import Verdict

extension Rule {
  package static let mtastsIPv6 = Rule(
    "mtasts.ipv6",
    "The MTA-STS policy is not served over IPv6",
    about: PolicyOverIPv6.self,
    severity: .medium,
    why: """
      The policy host has addresses of both families, and serves the policy at those of IPv4 alone. Senders that have \
      no IPv4, or do not try the other family, get no policy and demand no TLS.
      """,
    fix: "Let the web server listen at the IPv6 address too, in the same way, or remove the AAAA record.",
    references: [.rfc(8461, "3.3"), .rfc(8305, "")],
    examples: [
      .flags(
        "nobody listens", at: ["mta-sts.example.com."],
        documents: [.policy(), .policy(failing: .refused, over: .v6)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .flags(
        "another certificate", at: ["mta-sts.example.com."],
        documents: [.policy(), .policy(failing: .certificate(.nameMismatch), over: .v6)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .flags(
        "another web site", at: ["mta-sts.example.com."],
        documents: [.policy(), .policy("", status: 404, over: .v6)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .passes(
        "both", documents: [.policy()], ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .passes("IPv4 alone", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "no answer in time proves nothing",
        documents: [.policy(), .policy(failing: .timedOut(.connecting), over: .v6)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .passes(
        "no way there from here",
        documents: [.policy(), .policy(failing: .unreachable, over: .v6)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
      .passes(
        "a policy that nobody gets is mtasts.status", documents: [.policy("", status: 404)],
        ExampleDocument.policyZone + "\nmta-sts AAAA 2001:db8::80"),
    ]
  ) { policy, _ in
    guard policy.document.body == nil else { return [] }
    return [
      policy.document.fault(
        "\(policy.document.fetch.request.host) serves the policy, but over IPv6 it \(policy.document.words).",
        expected: "the policy over both families")
    ]
  }
}
