import Evidence
package import Verdict

extension Rule {
  package static let smtpAuthCleartext = Rule(
    "smtp.auth-cleartext",
    "A submission server takes passwords before TLS",
    about: Scoped<WholeConversation, ServerScopes.SubmissionOnDemand>.self,
    severity: .high,
    why: """
      A mail program that is set up carelessly, or deceived by somebody on the path, sends the password in \
      plain text, and nobody notices.
      """,
    fix: "Offer AUTH inside TLS only; in Postfix, smtpd_tls_auth_only = yes.",
    references: [.rfc(4954, "4"), .rfc(4954, "9"), .rfc(8314, "4.1")],
    examples: [
      .flags(
        "on port 587", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(.submission) { $0.inPlaintext = .example(.smtp, ["STARTTLS", "AUTH PLAIN LOGIN"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "inside TLS alone",
        servers: [.example(), .example(.submission) { $0.inTLS = .example(.smtp, ["AUTH PLAIN LOGIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "without showing the password",
        servers: [
          .example(),
          .example(.submission) { $0.inPlaintext = .example(.smtp, ["STARTTLS", "AUTH SCRAM-SHA-256"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "IMAP is access.auth-before-tls",
        servers: [
          .example(),
          .example(.imap) { $0.inPlaintext = .only(.imap, ["IMAP4rev1", "STARTTLS", "AUTH=PLAIN"]) },
        ],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard let list = conversation.session.inPlaintext.list else {
      return []
    }
    let mechanisms = list.mechanisms.filter(SASLMechanism.sendsSecret)
    guard !mechanisms.isEmpty else { return [] }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) takes passwords before TLS.",
        observed: "AUTH with \(SASLMechanism.words(mechanisms))", expected: "AUTH inside TLS only")
    ]
  }
}
