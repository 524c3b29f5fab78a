import Evidence
package import Verdict

extension Rule {
  package static let access465NotTLS = Rule(
    "access.465-not-tls",
    "Port 465 speaks plain text",
    about: Scoped<TLSCapability, ServerScopes.Submissions>.self,
    severity: .high,
    why: """
      Mail programs begin with TLS at port 465. A server that greets in plain text cannot be used by any \
      of them, and the user is told that the connection failed.
      """,
    fix: "Let TLS begin with the first octet at port 465; in Postfix, smtpd_tls_wrappermode = yes.",
    references: [.rfc(8314, "3.3"), .rfc(8314, "7.3")],
    examples: [
      .flags(
        "a greeting in plain text", at: ["mail.example.com."],
        servers: [
          .example(), .example(.submissions, tls: ExampleHandshake(failure: .notTLS)) { $0.failHandshake() },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("TLS", servers: [.example(), .example(.submissions)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("closed", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "closed without a word, which may be about this client",
        servers: [
          .example(),
          .example(.submissions, tls: ExampleHandshake(failure: .endOfStream(received: 0))) {
            $0.failHandshake()
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard server.tlsAttempts == .impossible(.notTLS) else { return [] }
    let octets = conversation.session.plaintextBeforeHandshake.prefix(80)
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) speaks plain text where TLS must begin.",
        observed: octets.isEmpty ? nil : "\(foreign: Array(octets))", expected: "a TLS handshake")
    ]
  }
}
