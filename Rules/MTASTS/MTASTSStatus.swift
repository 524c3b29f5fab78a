import Evidence
package import Verdict

extension Rule {
  package static let mtastsStatus = Rule(
    "mtasts.status",
    "The MTA-STS policy is not there",
    about: PolicyFetch.self,
    severity: .high,
    why: "Every status but 200 means to senders that there is no policy: TLS is not demanded.",
    fix: """
      Serve the policy at `/.well-known/mta-sts.txt` to everybody, without login: senders are plain programs, \
      which walls against robots or countries must let through.
      """,
    references: [.rfc(8461, "3.3")],
    examples: [
      .flags(
        "missing", at: ["mta-sts.example.com."], documents: [.policy("", status: 404)],
        ExampleDocument.policyZone),
      .flags(
        "a wall", at: ["mta-sts.example.com."],
        documents: [.policy("<html>", status: 403, type: "text/html")],
        ExampleDocument.policyZone),
      .flags(
        "a broken program", at: ["mta-sts.example.com."], documents: [.policy("", status: 500)],
        ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes("503 is of the moment", documents: [.policy("", status: 503)], ExampleDocument.policyZone),
      .passes("429 is about this client", documents: [.policy("", status: 429)], ExampleDocument.policyZone),
      .passes(
        "mtasts.redirect", documents: [.policy("", status: 301, location: "/")], ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard let response = fetch.document.response, response.status != 200, !response.isRedirect else {
      return []
    }
    return [
      fetch.document.fault(
        "\(fetch.document.fetch.request.host) answers with status \(response.status) where the policy ought to be.",
        expected: "status 200")
    ]
  }
}
