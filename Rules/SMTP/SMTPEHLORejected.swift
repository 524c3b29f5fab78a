import Evidence
package import Verdict

extension Rule {
  package static let smtpEHLORejected = Rule(
    "smtp.ehlo-rejected",
    "A mail server does not know EHLO",
    about: Receiving<HelloReply>.self,
    severity: .high,
    why: """
      Without EHLO there are no extensions: no STARTTLS, so that mail crosses the network in plain text, no \
      limit on size said beforehand, no 8-bit text. Some devices that inspect mail remove it on the way.
      """,
    fix: "Let the server take EHLO, and switch off what filters SMTP in front of it.",
    references: [.rfc(5321, "3.2"), .rfc(5321, "4.1.1.1")],
    examples: [
      .flags(
        "HELO alone", at: ["mail.example.com."],
        servers: [
          .example(tls: nil) {
            $0.inPlaintext = .refused(.example(500, "unrecognized command"))
            $0.startTLS = .notOffered
            $0.inTLS = .unseen
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("it lists its extensions", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "it dislikes the name of this client",
        servers: [
          .example(tls: nil) {
            let reply = MailReply.example(550, "5.7.1 Bad name")
            $0.inPlaintext = .refused(reply)
            $0.startTLS = .unseen
            $0.inTLS = .unseen
            $0.stage = .capabilities
            $0.ending = .refused(reply)
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { hello, _ in
    let server = hello.server
    guard let refusal = hello.refusal else { return [] }
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) does not know the command EHLO.",
        observed: refusal.words, expected: "a list of extensions")
    ]
  }
}
