import Evidence
package import Verdict

extension Rule {
  package static let smtpBanner = Rule(
    "smtp.banner",
    "A mail server does not greet as SMTP demands",
    about: Receiving<ServerGreeting>.self,
    severity: .high,
    why: """
      A sender waits for a greeting with the code 220. What it cannot read it takes for a failure, and \
      goes away without having delivered.
      """,
    fix: "Let an SMTP server listen on port 25, and see that nothing before it changes what it says.",
    references: [.rfc(5321, "3.1"), .rfc(5321, "4.2"), .rfc(5321, "4.5.3.1.5")],
    examples: [
      .flags(
        "another protocol", at: ["mail.example.com."],
        servers: [
          .example(tls: nil) {
            $0.greet(nil, .violated(.notAReply))
            $0.unfinished = Array("SSH-2.0-OpenSSH_9.2".utf8)
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a reply that is no greeting", at: ["mail.example.com."],
        servers: [
          .example(tls: nil) { $0.greet(.example(250, "hello"), .violated(.unexpectedReply)) }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a line without end, of a third party", at: ["mx.vendor.example."], severity: .medium,
        servers: [.example(host: "mx.vendor.example", tls: nil) { $0.greet(nil, .exceeded(.lineOctets)) }],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes("220", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "turned away: it may be this client alone",
        servers: [
          .example(tls: nil) {
            let reply = MailReply.example(554, "5.7.1 Your address is on a list")
            $0.greet(reply, .refused(reply))
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "busy",
        servers: [
          .example(tls: nil) {
            let reply = MailReply.example(421, "4.7.0 Too many connections")
            $0.greet(reply, .shutDown(reply))
          }
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "not a word", servers: [.example(tls: nil) { $0.greet(nil, .interrupted(.timedOut)) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { greeting, _ in
    let session = greeting.session
    guard session.stage == .greeting else { return [] }
    let server = greeting.server
    let problem: Message
    switch session.ending {
    case .violated(.unexpectedReply): problem = "greets with a reply that is no greeting"
    case .violated: problem = "begins with something that is no reply of SMTP"
    case .exceeded: problem = "sends a greeting that is longer than any reply may be"
    case .completed, .refused, .shutDown, .interrupted: return []
    }
    let octets = Array(session.unfinished.prefix(80))
    let observed = session.greeting?.words ?? (octets.isEmpty ? nil : "\(foreign: octets)")
    return [
      server.fault(
        severity: server.severity(.high), "\(server.owned) \(problem).", observed: observed,
        expected: "a reply with the code 220")
    ]
  }
}

extension MailSession {
  /// For examples: nothing but this came.
  fileprivate mutating func greet(_ reply: MailReply?, _ ending: Ending) {
    greeting = reply
    inPlaintext = .unseen
    inTLS = .unseen
    startTLS = .unseen
    stage = .greeting
    self.ending = ending
  }
}
