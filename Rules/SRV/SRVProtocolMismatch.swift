import DNSData
import Evidence
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvProtocolMismatch = Rule(
    "srv.protocol-mismatch",
    "An SRV record leads to a server that begins in another way",
    about: AnnouncedServer.self,
    severity: .high,
    why: """
      The name of the record says whether TLS begins with the first octet or by STARTTLS. A server that \
      does it the other way cannot be used: both sides wait, or read nonsense.
      """,
    fix:
      "Announce the service under the name of what the server speaks, or let the server speak what is announced.",
    references: [.rfc(8314, "5.1"), .rfc(6186, "3")],
    examples: [
      .flags(
        "plain text where TLS is announced", at: ["mail.example.com."],
        servers: [
          .example(), .example(.imaps, tls: ExampleHandshake(failure: .notTLS)) { $0.failHandshake() },
        ], "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .flags(
        "TLS where STARTTLS is announced", at: ["mail.example.com."],
        servers: [
          .example(), .example(ProbedService(.imap, port: 1993, .implicitTLS)),
          .example(ProbedService(.imap, port: 1993, .startTLS), tls: nil) {
            $0.greeting = nil
            $0.inPlaintext = .unseen
            $0.startTLS = .unseen
            $0.inTLS = .unseen
            $0.stage = .greeting
            $0.ending = .interrupted(.timedOut)
          },
        ],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _imaps._tcp SRV 0 1 1993 mail
        _imap._tcp SRV 10 1 1993 mail
        """),
      .passes(
        "as announced", servers: [.example(), .example(.imaps), .example(.imap)],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _imaps._tcp SRV 0 1 993 mail
        _imap._tcp SRV 10 1 143 mail
        """),
      .passes(
        "465 in plain text is access.465-not-tls",
        servers: [
          .example(), .example(.submissions, tls: ExampleHandshake(failure: .notTLS)) { $0.failHandshake() },
        ], "@ MX 10 mail\nmail A 192.0.2.1\n_submissions._tcp SRV 0 1 465 mail"),
      .passes(
        "the port of another service is srv.port-wrong",
        servers: [
          .example(), .example(.imap),
          .example(ProbedService(.imap, port: 143, .implicitTLS), tls: ExampleHandshake(failure: .notTLS)) {
            $0.failHandshake()
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 143 mail"),
      .passes(
        "silence proves nothing",
        servers: [
          .example(),
          .example(.imap, tls: nil) {
            $0.greeting = nil
            $0.inPlaintext = .unseen
            $0.startTLS = .unseen
            $0.inTLS = .unseen
            $0.stage = .greeting
            $0.ending = .interrupted(.timedOut)
          },
        ], "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 0 1 143 mail"),
    ]
  ) { announced, _ in
    guard !announced.isAtPortOfAnother else { return [] }
    let owner = announced.answer.question.name
    return announced.doors.compactMap { door -> Fault? in
      let server = door.server
      guard case .answers(let conversation) = door.finding, server.service != .submissions else { return nil }
      switch server.service.security {
      case .implicitTLS:
        guard server.tlsAttempts == .impossible(.notTLS) else { return nil }
        return server.fault(
          "SRV at \(owner) announces TLS from the first octet, and \(server.words) speaks plain text.",
          expected: "a TLS handshake")
      case .startTLS:
        let isTLS = announced.otherway.contains {
          $0.server.address == server.address && $0.server.tlsAttempts == .reached
        }
        guard conversation.session.greeting == nil, isTLS else { return nil }
        return server.fault(
          "SRV at \(owner) announces STARTTLS, and \(server.words) begins with TLS.",
          expected: "a greeting in plain text")
      }
    }
  }
}
