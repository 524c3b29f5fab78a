import Evidence
package import Verdict

extension Rule {
  package static let smtpStartTLSInjection = Rule(
    "smtp.starttls-injection",
    "A mail server obeys inside TLS what was said before it",
    about: Receiving<InjectionTrial>.self,
    severity: .critical,
    why: """
      Somebody on the path can put commands of their own behind the client's STARTTLS. The server reads them before the \
      handshake, and obeys them after it as if they had come encrypted from the client: mail can be redirected.
      """,
    fix: """
      Update the mail server, or whatever speaks TLS in front of it: since 2011 they throw away what they have read \
      when STARTTLS is answered.
      """,
    references: [
      .rfc(3207, "4.2"), .practice("CVE-2011-0411"), .practice("CVE-2021-38371"),
    ],
    examples: [
      .flags(
        "NOOP is answered", at: ["mail.example.com."],
        servers: [
          .example(), .example(conduct: .trial) { $0.trial?.injected = .example(250, "2.0.0 Ok") },
        ], exampleHost),
      .flags(
        "by a third party", at: ["mx.example.net."], severity: .high,
        servers: [
          .example(host: "mx.example.net"),
          .example(host: "mx.example.net", conduct: .trial) {
            $0.trial?.injected = .example(250, "2.0.0 Ok")
          },
        ], exampleProvider),
      .passes("forgotten", servers: [.example(), .example(conduct: .trial)], exampleHost),
      .passes(
        "punished",
        servers: [
          .example(),
          .example(conduct: .trial, tls: nil) {
            $0.refuseStartTLS(.example(554, "5.5.1 SMTP synchronization error"))
          },
        ], exampleHost),
      .passes("not tried", servers: [.example()], exampleHost),
    ]
  ) { trial, _ in
    guard let answer = trial.answer else { return [] }
    let server = trial.server
    return [
      server.fault(
        severity: server.severity(.critical),
        "\(server.owned) answers inside TLS a command that was sent in plain text behind STARTTLS.",
        observed: answer.words, expected: "no answer")
    ]
  }
}
