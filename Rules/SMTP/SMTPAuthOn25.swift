import Evidence
package import Verdict

extension Rule {
  package static let smtpAuthOn25 = Rule(
    "smtp.auth-on-25",
    "A mail server lets users log in on port 25",
    about: Receiving<WholeConversation>.self,
    severity: .low,
    why: """
      Port 25 is for servers, which do not log in: whoever tries there guesses passwords. Before TLS, every \
      password crosses the network for everybody on the path to read.
      """,
    fix: "Offer AUTH on ports 465 and 587 only; in Postfix, switch smtpd_sasl_auth_enable on there alone.",
    references: [.rfc(8314, "3.3"), .rfc(4954, "4"), .rfc(6409, "3.1")],
    examples: [
      .flags(
        "inside TLS", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .example(.smtp, ["AUTH PLAIN LOGIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "passwords in plain text", at: ["mail.example.com."], severity: .critical,
        servers: [.example { $0.inPlaintext = .example(.smtp, ["STARTTLS", "AUTH PLAIN LOGIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "only a hash in plain text", at: ["mail.example.com."],
        servers: [.example { $0.inPlaintext = .example(.smtp, ["STARTTLS", "AUTH CRAM-MD5"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a third party for its own users", at: ["mx.vendor.example."], severity: .info,
        servers: [
          .example(host: "mx.vendor.example") { $0.inTLS = .example(.smtp, ["AUTH PLAIN LOGIN"]) }
        ], "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes("none", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "on the port for it",
        servers: [.example(), .example(.submission) { $0.inTLS = .example(.smtp, ["AUTH PLAIN"]) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    let before = conversation.session.inPlaintext.list?.mechanisms ?? []
    let inside = conversation.session.inTLS.list?.mechanisms ?? []
    guard let shown = [before, inside].first(where: { !$0.isEmpty }) else { return [] }
    let isExposed = before.contains(where: SASLMechanism.sendsSecret)
    return [
      server.fault(
        severity: server.severity(isExposed ? .critical : .low),
        isExposed
          ? "\(server.owned) takes passwords before TLS." : "\(server.owned) offers to log in.",
        observed: "AUTH with \(SASLMechanism.words(shown))", expected: "no AUTH")
    ]
  }
}
