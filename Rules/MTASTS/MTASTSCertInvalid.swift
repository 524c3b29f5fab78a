import Evidence
package import Verdict

extension Rule {
  package static let mtastsCertInvalid = Rule(
    "mtasts.cert-invalid",
    "The certificate of the policy host is not valid",
    about: PolicyFetch.self,
    severity: .high,
    why: "Senders do not take a policy from a host that cannot prove who it is: TLS is not demanded.",
    fix: """
      Get a certificate for `mta-sts.DOMAIN` from a public authority, serve it with its intermediate \
      certificates, and let it be renewed by itself.
      """,
    references: [.rfc(8461, "3.3"), .rfc(9525, "6")],
    examples: [
      .flags(
        "expired", at: ["mta-sts.example.com."], documents: [.policy(failing: .certificate(.expired))],
        ExampleDocument.policyZone),
      .flags(
        "for other names", at: ["mta-sts.example.com."],
        documents: [.policy(failing: .certificate(.nameMismatch))], ExampleDocument.policyZone),
      .flags(
        "signed by itself", at: ["mta-sts.example.com."],
        documents: [.policy(failing: .certificate(.selfSigned))], ExampleDocument.policyZone),
      .flags(
        "without its intermediate", at: ["mta-sts.example.com."],
        documents: [.policy(failing: .certificate(.issuerMissing))], ExampleDocument.policyZone),
      .flags(
        "revoked, say", at: ["mta-sts.example.com."],
        documents: [.policy(failing: .certificate(.other(23)))], ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "no TLS is mtasts.https-fail", documents: [.policy(failing: .handshake)], ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard case .certificate(let refusal) = fetch.document.finding else { return [] }
    let host = fetch.document.fetch.request.host
    return [
      fetch.document.fault(
        "The certificate that \(host) shows \(refusal.words).",
        expected: "a certificate for \(host), in date, from a public authority")
    ]
  }
}
