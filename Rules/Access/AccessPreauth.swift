import Evidence
package import Verdict

extension Rule {
  package static let accessPreauth = Rule(
    "access.preauth",
    "An IMAP server greets as if somebody had logged in",
    about: Scoped<ServerGreeting, ServerScopes.MailboxesOnDemand>.self,
    severity: .high,
    why: """
      After PREAUTH in plain text TLS is ruled out. Either everybody who connects is in somebody's mailbox, \
      or somebody on the path answers in the server's place to keep mail programs from TLS.
      """,
    fix: "Let the server greet with OK; PREAUTH is for connections that are secured in another way.",
    references: [.rfc(9051, "7.1.4"), .rfc(9051, "6.2.1"), .rfc(8314, "4.1")],
    examples: [
      .flags(
        "on port 143", at: ["mail.example.com."],
        servers: [
          .example(),
          .example(.imap, tls: nil) {
            $0.greeting = .example(.preauth, "Logged in as postmaster")
            $0.inPlaintext = .only(.imap, ["IMAP4rev1"])
            $0.startTLS = .ruledOutByPreauth
            $0.inTLS = .unseen
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("OK", servers: [.example(), .example(.imap)], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    let session = conversation.session
    guard session.startTLS == .ruledOutByPreauth else { return [] }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) greets with PREAUTH in plain text.",
        observed: session.greeting?.words, expected: "OK, and STARTTLS")
    ]
  }
}
