import Evidence
package import Verdict

extension Rule {
  package static let accessAuthBeforeTLS = Rule(
    "access.auth-before-tls",
    "Users can log in to their mailboxes before TLS",
    about: Scoped<WholeConversation, ServerScopes.MailboxesOnDemand>.self,
    severity: .high,
    why: """
      A mail program that is set up carelessly, or deceived by somebody on the path, sends the password in \
      plain text, and nobody notices.
      """,
    fix: """
      Refuse logins before TLS: in Dovecot, auth_allow_cleartext = no (before 2.4, disable_plaintext_auth = \
      yes) and ssl = required.
      """,
    references: [.rfc(8314, "4.1"), .rfc(9051, "6.2.3"), .rfc(2595, "2.2"), .rfc(2449, "6.3")],
    examples: [
      .flags(
        "IMAP's LOGIN", at: ["mail.example.com."],
        servers: [.example(), .example(.imap) { $0.inPlaintext = .only(.imap, ["IMAP4rev1", "STARTTLS"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "SASL, although LOGIN is disabled", at: ["mail.example.com."],
        servers: [
          .example(), .example(.imap) { $0.inPlaintext = .example(.imap, ["STARTTLS", "AUTH=PLAIN"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "POP3's USER", at: ["mail.example.com."],
        servers: [.example(), .example(.pop3) { $0.inPlaintext = .example(.pop3, ["STLS", "USER"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "TLS first", servers: [.example(), .example(.imap), .example(.pop3)], "@ MX 10 mail\nmail A 192.0.2.1"
      ),
      .passes(
        "TLS from the first octet",
        servers: [.example(), .example(.imaps) { $0.inTLS = .only(.imap, ["IMAP4rev1", "AUTH=PLAIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "ManageSieve is access.sieve-auth",
        servers: [
          .example(),
          .example(.manageSieve) { $0.inPlaintext = .example(.manageSieve, ["STARTTLS", "SASL PLAIN"]) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "nothing heard",
        servers: [
          .example(),
          .example(.imap, tls: nil) {
            $0.inPlaintext = .unseen
            $0.startTLS = .unseen
            $0.inTLS = .unseen
            $0.stage = .capabilities
            $0.ending = .interrupted(.timedOut)
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    let session = conversation.session
    // Of SMTP smtp.auth-cleartext tells, of ManageSieve access.sieve-auth, of PREAUTH access.preauth.
    guard session.startTLS != .ruledOutByPreauth, let list = session.inPlaintext.list else { return [] }
    let mechanisms = list.mechanisms.filter(SASLMechanism.sendsSecret)
    let command: Message = server.service.mailProtocol == .imap ? "the command LOGIN" : "the command USER"
    let ways =
      (list.allowsLoginCommand ? [command] : [])
      + (mechanisms.isEmpty ? [] : ["SASL with \(SASLMechanism.words(mechanisms))" as Message])
    guard !ways.isEmpty else { return [] }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) takes passwords before TLS.",
        observed: ways.enumeration,
        expected: server.service.mailProtocol == .imap ? "LOGINDISABLED, and no mechanism" : "STLS alone")
    ]
  }
}
