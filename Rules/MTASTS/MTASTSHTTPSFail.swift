import Evidence
package import Verdict

extension Rule {
  package static let mtastsHTTPSFail = Rule(
    "mtasts.https-fail",
    "The host of the MTA-STS policy does not speak HTTPS",
    about: PolicyFetch.self,
    severity: .high,
    why: "The record announces a policy that nobody can fetch: TLS is not demanded of new senders.",
    fix: "Let the web server answer on port 443 of every address of `mta-sts.DOMAIN`, with TLS 1.2 or 1.3.",
    references: [.rfc(8461, "3.3")],
    examples: [
      .flags(
        "a closed port", at: ["mta-sts.example.com."], documents: [.policy(failing: .refused)],
        ExampleDocument.policyZone),
      .flags(
        "no TLS", at: ["mta-sts.example.com."], documents: [.policy(failing: .handshake)],
        ExampleDocument.policyZone),
      .flags(
        "no HTTP", at: ["mta-sts.example.com."], documents: [.policy(failing: .notHTTP)],
        ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "no answer in time proves nothing", documents: [.policy(failing: .timedOut(.connecting))],
        ExampleDocument.policyZone),
      .passes(
        "nor does a connection that was lost", documents: [.policy(failing: .connectionLost(.handshake))],
        ExampleDocument.policyZone),
      .passes(
        "nor does a network without a way there", documents: [.policy(failing: .unreachable)],
        ExampleDocument.policyZone),
      .passes(
        "a certificate is mtasts.cert-invalid", documents: [.policy(failing: .certificate(.expired))],
        ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard case .broken = fetch.document.finding else { return [] }
    return [
      fetch.document.fault(
        "The web server at \(fetch.document.fetch.request.host) \(fetch.document.words).",
        expected: "an answer over HTTPS")
    ]
  }
}
