import Evidence
package import Verdict

extension Rule {
  package static let mtastsRedirect = Rule(
    "mtasts.redirect",
    "The MTA-STS policy is redirected",
    about: PolicyFetch.self,
    severity: .high,
    why: "Senders must not follow a redirect, even though browsers do: to them there is no policy.",
    fix: """
      Serve the policy itself, with status 200. A policy kept elsewhere is reached by a CNAME at \
      `mta-sts.DOMAIN`, or by a proxy.
      """,
    references: [.rfc(8461, "3.3")],
    examples: [
      .flags(
        "moved", at: ["mta-sts.example.com."],
        documents: [.policy("", status: 301, location: "https://www.example.com/mta-sts.txt")],
        ExampleDocument.policyZone),
      .flags(
        "to the same host", at: ["mta-sts.example.com."],
        documents: [.policy("", status: 308, location: "/mta-sts.txt")], ExampleDocument.policyZone),
      .flags(
        "without a place", at: ["mta-sts.example.com."], documents: [.policy("", status: 302)],
        ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes("missing is mtasts.status", documents: [.policy("", status: 404)], ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard let response = fetch.document.response, response.isRedirect else { return [] }
    return [
      fetch.document.fault(
        "\(fetch.document.fetch.request.host) redirects the policy with status \(response.status).",
        observed: response.location.map { "\(foreign: $0.octets)" }, expected: "status 200 and the policy")
    ]
  }
}
