import Evidence
package import Verdict

extension Rule {
  package static let smtpStartTLSAfterTLS = Rule(
    "smtp.starttls-after-tls",
    "A mail server offers STARTTLS inside TLS",
    about: Receiving<WholeConversation>.self,
    severity: .low,
    why: "A client that takes the offer would begin TLS inside TLS, which fails.",
    fix: "Leave STARTTLS out of the reply to EHLO once TLS is in use.",
    references: [.rfc(3207, "4.2")],
    examples: [
      .flags(
        "still there", at: ["mail.example.com."],
        servers: [.example { $0.inTLS = .example(.smtp, ["STARTTLS"]) }], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("gone", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard server.service.mailProtocol == .smtp, conversation.session.inTLS.list?.offersStartTLS == true else {
      return []
    }
    return [
      server.fault(
        severity: server.severity(.low), "\(server.owned) offers STARTTLS again inside TLS.",
        expected: "no STARTTLS inside TLS")
    ]
  }
}
