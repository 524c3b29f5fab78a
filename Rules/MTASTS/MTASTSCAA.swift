import Evidence
package import Verdict

extension Rule {
  package static let mtastsCAA = Rule(
    "mtasts.caa",
    "The authority of the policy host's certificate may not issue the next one",
    about: IssuedCertificate.self,
    severity: .medium,
    why: """
      Authorities read the CAA records at each renewal. The one that issued the policy host's certificate is not \
      among those that the records allow: when the certificate has run out, no sender takes the policy.
      """,
    fix: "Add an `issue` property for the authority in use, or change to one that the records name.",
    references: [.rfc(8659, "4.2"), .rfc(8461, "3.3")],
    examples: [
      .flags(
        "another authority is named", at: ["example.com."],
        documents: [.policy(certificate: .letsEncrypt)],
        ExampleDocument.policyZone + "\n@ CAA 0 issue \"ca.example\""),
      .passes(
        "named", documents: [.policy(certificate: .letsEncrypt)],
        ExampleDocument.policyZone + "\n@ CAA 0 issue \"letsencrypt.org\""),
      .passes(
        "an authority of which nothing is known", documents: [.policy(certificate: .ecdsa)],
        ExampleDocument.policyZone + "\n@ CAA 0 issue \"ca.example\""),
      .passes(
        "the same records and authority as at the mail host are caa.blocks-ca",
        servers: [.example(tls: ExampleHandshake(certificate: .letsEncrypt))],
        documents: [.policy(certificate: .letsEncrypt)],
        ExampleDocument.policyZone + "\n@ CAA 0 issue \"ca.example\""),
    ]
  ) { issued, facts in
    guard issued.use == .policy, let fault = issued.blockedFault else { return [] }
    let others = facts.observation(of: IssuedCertificate.self).subjects.filter {
      $0.use == .mail && $0.isBlocked
    }
    let isSaid = others.contains { $0.answer == issued.answer && $0.authority == issued.authority }
    return isSaid ? [] : [fault]
  }
}
