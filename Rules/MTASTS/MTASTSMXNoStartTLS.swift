import Evidence
package import Verdict

extension Rule {
  package static let mtastsMXNoStartTLS = Rule(
    "mtasts.mx-no-starttls",
    "An MX host offers no TLS, which the MTA-STS policy demands",
    about: PolicedServer<StartTLSOffer>.self,
    severity: .critical,
    why: """
      In mode enforce senders deliver nothing to a host without STARTTLS. In mode testing they deliver and report \
      it.
      """,
    fix: """
      Switch on STARTTLS at port 25 with a certificate for the name in the MX record. Until then, set the policy to \
      `mode: testing`, with a new id in the record.
      """,
    references: [.rfc(8461, "4.2"), .rfc(3207, "4")],
    examples: [
      .flags(
        "not offered", at: ["mail.example.com."],
        servers: [.example(tls: nil) { $0.startTLS = .notOffered }], documents: [.policy()],
        ExampleDocument.policyZone),
      .flags(
        "testing", at: ["mail.example.com."], severity: .medium,
        servers: [.example(tls: nil) { $0.startTLS = .notOffered }],
        documents: [
          .policy("version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .passes("in order", servers: [.example()], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "turned away",
        servers: [
          .example(tls: nil) {
            $0.greeting = .example(421, "4.7.0 try again later")
            $0.startTLS = .unseen
            $0.stage = .greeting
            $0.ending = .shutDown(.example(421, "4.7.0 try again later"))
          }
        ], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "refused for now",
        servers: [
          .example(tls: nil) {
            $0.startTLS = .refused(.example(454, "4.7.0 TLS not available"))
            $0.stage = .startTLS
          }
        ], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "no answer", servers: [.example(.timedOut)], documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "no policy", servers: [.example(tls: nil) { $0.startTLS = .notOffered }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { policed, _ in
    let offer = policed.subject
    guard offer.session.startTLS.isProvenAbsent else { return [] }
    return [
      offer.server.fault(
        severity: policed.policy.severity,
        """
        The policy is \(policed.policy.modeWords), and \
        \(offer.server.words) offers no STARTTLS.\(policed.ownerWords)
        """,
        expected: "STARTTLS in the answer to EHLO")
    ]
  }
}
