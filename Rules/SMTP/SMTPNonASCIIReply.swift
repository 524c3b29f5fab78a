import Evidence
package import Verdict

extension Rule {
  package static let smtpNonASCIIReply = Rule(
    "smtp.nonascii-reply",
    "A mail server's replies are not ASCII",
    about: Receiving<WholeConversation>.self,
    severity: .low,
    why: "Clients may take such a reply for a violation, and logs show it garbled.",
    fix: "Write greeting and replies in ASCII.",
    references: [.rfc(5321, "4.2"), .rfc(6531, "3.7.4.2")],
    examples: [
      .flags(
        "an umlaut in the greeting", at: ["mail.example.com."],
        servers: [.example { $0.deviations = [.nonASCII] }], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("ASCII", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let server = conversation.server
    guard conversation.session.deviations.contains(.nonASCII) else { return [] }
    return [
      server.fault(
        severity: server.severity(.low), "\(server.owned) sends octets above 127 in its replies.",
        expected: "ASCII")
    ]
  }
}
