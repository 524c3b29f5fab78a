import Evidence
package import Verdict

extension Rule {
  package static let smtpStartTLSBroken = Rule(
    "smtp.starttls-broken",
    "STARTTLS is offered and goes wrong",
    about: Receiving<StartTLSOutcome>.self,
    severity: .critical,
    why: """
      Senders take the offer, fail, and hold the mail back: most of them do not try again in plain text. \
      To offer no TLS at all would lose less mail.
      """,
    fix: """
      Look at the mail server's log of such a connection: often a certificate or key that cannot be read, \
      or something in front of the server that answers for it.
      """,
    references: [.rfc(3207, "4"), .rfc(3207, "4.2")],
    examples: [
      .flags(
        "refused for good", at: ["mail.example.com."],
        servers: [.example(tls: nil) { $0.refuseStartTLS(.example(554, "5.3.0 TLS is broken")) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "refused by an alert, with old versions too", at: ["mail.example.com."],
        servers: [.example(tls: ExampleHandshake(failure: .alert(40))) { $0.failHandshake() }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "plain text in answer to the handshake, by a third party", at: ["mx.vendor.example."],
        severity: .high,
        servers: [
          .example(host: "mx.vendor.example", tls: ExampleHandshake(failure: .notTLS)) { $0.failHandshake() }
        ], "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .flags(
        "octets between the reply and the handshake", at: ["mail.example.com."], severity: .medium,
        servers: [.example { $0.plaintextBeforeHandshake = Array("250 AUTH PLAIN".utf8) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("it works", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "refused for now",
        servers: [.example(tls: nil) { $0.refuseStartTLS(.example(454, "4.7.0 TLS not available")) }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "old versions alone are tls.no-tls12",
        servers: [
          .example(tls: ExampleHandshake(failure: .alert(70))) { $0.failHandshake() },
          .example(policy: .legacy, tls: ExampleHandshake(version: .tls10)),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "no time left",
        servers: [.example(tls: ExampleHandshake(failure: .timedOut)) { $0.failHandshake() }],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { offer, _ in
    let server = offer.server
    let session = offer.session
    var faults: [Fault] = []
    if case .refused(let reply) = session.startTLS, reply.meaning == .permanent {
      faults.append(
        server.fault(
          severity: server.severity(.critical),
          "\(server.owned) offers STARTTLS and refuses it when asked.", observed: reply.words,
          expected: "220, and a TLS handshake"))
    }
    guard session.startTLS == .accepted else { return faults }
    if case .impossible(let failure) = server.tlsAttempts {
      faults.append(
        server.fault(
          severity: server.severity(.critical),
          "\(server.owned) says that TLS may begin, but \(failure.words).", expected: "a TLS handshake"))
    } else if !session.plaintextBeforeHandshake.isEmpty {
      // What a client takes for words of the encrypted part may come from somebody on the path. Careful ones hang up.
      faults.append(
        server.fault(
          severity: server.severity(.medium),
          "\(server.owned) sends more in plain text behind its reply to STARTTLS.",
          observed: "\(foreign: Array(session.plaintextBeforeHandshake.prefix(80)))",
          expected: "nothing but the TLS handshake"))
    }
    return faults
  }
}

extension MailSession {
  /// For examples.
  mutating func refuseStartTLS(_ reply: MailReply) {
    startTLS = .refused(reply)
    inTLS = .unseen
    stage = .startTLS
    ending = .refused(reply)
  }

  /// For examples: the handshake says how.
  mutating func failHandshake() {
    greeting = security == .implicitTLS ? nil : greeting
    inTLS = .unseen
    stage = .handshake
    ending = .interrupted(.tlsFailed)
  }
}
