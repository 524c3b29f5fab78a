import Evidence
package import Verdict

/// RFC 5321 §4.5.3.1.5, with the code, the character behind it and the line end.
private let maximumLine = 512  // octets
private let frame = 6  // octets

extension Rule {
  package static let smtpReplyTooLong = Rule(
    "smtp.reply-too-long",
    "A mail server's reply has a line that is too long",
    about: Receiving<WholeConversation>.self,
    severity: .low,
    why: """
      Clients need not take more than 512 octets in a line of a reply. Some cut the rest off, so that nobody reads it; \
      others take it for a violation and hang up.
      """,
    fix: "Shorten the text, such as that for senders who are refused, and keep it on one line.",
    references: [.rfc(5321, "4.5.3.1.5"), .practice("Simple NixOS Mailserver: refused senders")],
    examples: [
      .flags(
        "in the greeting", at: ["mail.example.com."],
        servers: [.example { $0.greeting = .example(220, String(repeating: "x", count: 507)) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "where this client is turned away", at: ["mail.example.com."],
        servers: [
          .example(tls: nil) {
            let reply = MailReply.example(554, "5.7.1 " + String(repeating: "no ", count: 200))
            $0.greeting = reply
            $0.inPlaintext = .unseen
            $0.inTLS = .unseen
            $0.startTLS = .unseen
            $0.stage = .greeting
            $0.ending = .refused(reply)
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "just short enough",
        servers: [.example { $0.greeting = .example(220, String(repeating: "x", count: 506)) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("short", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conversation, _ in
    let replies = [conversation.session.greeting] + conversation.lists.map(\.reply)
    let lines = replies.compactMap(\.self).flatMap(\.text)
    guard let longest = lines.max(by: { $0.count < $1.count }), longest.count + frame > maximumLine else {
      return []
    }
    let server = conversation.server
    return [
      server.fault(
        severity: server.severity(.low),
        "\(server.owned) sends a line of \(longest.count + frame) octets.",
        observed: "\(foreign: Array(longest.prefix(80)))", expected: "at most \(maximumLine) octets")
    ]
  }
}
