import Evidence
package import Verdict

extension Rule {
  package static let smtpTLSRequired25 = Rule(
    "smtp.tls-required-25",
    "A mail server takes no mail without TLS",
    about: Receiving<PlaintextMailTrial>.self,
    severity: .medium,
    why: """
      A server that is publicly known for a domain must not require STARTTLS of other servers: those without TLS \
      cannot deliver at all. Some sectors do so knowingly, and know their senders.
      """,
    fix: """
      Let port 25 offer TLS and not demand it (`smtpd_tls_security_level = may` in Postfix). What makes senders use it \
      is MTA-STS or DANE.
      """,
    references: [.rfc(3207, "4"), .rfc(8461, "2")],
    examples: [
      .flags(
        "530", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(conduct: .trial) {
            $0.trial?.nullSender = .example(530, "5.7.0 Must issue a STARTTLS command first")
            $0.trial?.otherSender = .example(530, "5.7.0 Must issue a STARTTLS command first")
          },
        ], exampleHost),
      .passes("not demanded", servers: [.example(), .example(conduct: .trial)], exampleHost),
      .passes(
        "a login is demanded",
        servers: [
          .example(),
          .example(conduct: .trial) {
            $0.trial?.nullSender = .example(530, "5.7.0 Authentication required")
          },
        ], exampleHost),
    ]
  ) { trial, _ in
    guard let refusal = trial.refusal else { return [] }
    let server = trial.server
    return [
      server.fault(
        severity: server.severity(.medium), "\(server.owned) refuses mail in plain text.",
        observed: refusal.words, expected: "mail is taken with TLS and without")
    ]
  }
}
