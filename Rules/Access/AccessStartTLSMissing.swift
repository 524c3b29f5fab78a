import Evidence
package import Verdict

extension Rule {
  package static let accessStartTLSMissing = Rule(
    "access.starttls-missing",
    "A port of mail programs leads to no TLS",
    about: Scoped<StartTLSOutcome, ServerScopes.ClientsOnDemand>.self,
    severity: .high,
    why: """
      On this port everything stays in plain text, passwords and mail. Mail programs that insist on TLS \
      cannot use it; the others show the password to everybody on the path.
      """,
    fix: "Switch STARTTLS (in POP3, STLS) on, or close the port: 465 and 993 begin with TLS.",
    references: [
      .rfc(8314, "4.1"), .rfc(3207, "4"), .rfc(9051, "6.2.1"), .rfc(2595, "4"), .rfc(5804, "2.2"),
    ],
    examples: [
      .flags(
        "587", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(.submission, tls: nil) {
            $0.inPlaintext = .example(.smtp, [])
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "POP3 without a list, which refuses STLS", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(.pop3, tls: nil) {
            let reply = MailReply.example(.no, "unknown command")
            $0.inPlaintext = .refused(reply)
            $0.startTLS = .refusedUnlisted(reply)
            $0.inTLS = .unseen
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "IMAP offers it, and the handshake fails with old versions too", at: ["mail.example.com."],
        servers: [
          .example(), .example(.imap, tls: ExampleHandshake(failure: .alert(80))) { $0.failHandshake() },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "offered and done", servers: [.example(), .example(.submission), .example(.imap), .example(.pop3)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("closed", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "refused for now",
        servers: [
          .example(), .example(.submission, tls: nil) { $0.refuseStartTLS(.example(454, "4.7.0 Not now")) },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "port 25 is smtp.starttls-missing",
        servers: [
          .example(tls: nil) {
            $0.inPlaintext = .example(.smtp, [])
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { offer, _ in
    let server = offer.server
    let problem: Message
    var observed: Message?
    switch offer.session.startTLS {
    case .notOffered: problem = "does not offer to begin TLS"
    case .refusedUnlisted(let reply) where reply.meaning != .temporary:
      problem = "does not list what it can do, and refuses to begin TLS"
      observed = reply.words
    case .refused(let reply) where reply.meaning == .permanent:
      problem = "offers to begin TLS and refuses it when asked"
      observed = reply.words
    case .accepted:
      guard case .impossible(let failure) = server.tlsAttempts else { return [] }
      problem = "says that TLS may begin, but \(failure.words)"
    // access.preauth tells of the first.
    case .ruledOutByPreauth, .implicit, .unseen, .unanswered, .refused, .refusedUnlisted: return []
    }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) \(problem).", observed: observed,
        expected: server.service.mailProtocol == .pop3 ? "STLS" : "STARTTLS")
    ]
  }
}
