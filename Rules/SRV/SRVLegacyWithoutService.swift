import DNSData
import Evidence
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvLegacyWithoutService = Rule(
    "srv.legacy-without-service",
    "An SRV record announces STARTTLS where nobody offers it",
    about: AnnouncedServer.self,
    severity: .medium,
    why: """
      Mail programs that prefer the older services, or compare priorities, try a port that is closed or speaks \
      something else, and setting up the account fails although port 465 or 993 would work.
      """,
    fix: "Remove the records of services that are off, or let them say so with the target `.`.",
    references: [.rfc(6186, "3.4"), .rfc(2782, ""), .practice("Simple NixOS Mailserver: setup guide")],
    examples: [
      .flags(
        "143 is off, 993 is on", at: ["mail.example.com."], servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_imap._tcp SRV 10 1 143 mail"),
      .flags(
        "143 speaks something else", at: ["mail.example.com."],
        servers: [.example(), .example(.imap, tls: nil) { $0.speakAnotherProtocol() }],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 10 1 143 mail"),
      .passes(
        "both are on", servers: [.example(), .example(.imaps), .example(.imap)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_imap._tcp SRV 10 1 143 mail"),
      .passes(
        "said to be off", servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_imap._tcp SRV 0 0 0 ."),
      .passes(
        "no answer proves nothing",
        servers: [.example(), .example(.imaps), .example(.timedOut, .imap)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_imap._tcp SRV 10 1 143 mail"),
      .passes(
        "without TLS from the start beside it, a closed port is access.expected-port-closed",
        servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 10 1 143 mail"),
      .passes(
        "TLS where STARTTLS is announced is srv.protocol-mismatch",
        servers: [
          .example(), .example(ProbedService(.imap, port: 1993, .implicitTLS)),
          .example(ProbedService(.imap, port: 1993, .startTLS), tls: nil) { $0.speakAnotherProtocol() },
        ],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _imaps._tcp SRV 0 1 1993 mail
        _imap._tcp SRV 10 1 1993 mail
        """),
    ]
  ) { announced, _ in
    guard announced.service.implicitTLSVariant != nil, !announced.isAtPortOfAnother else { return [] }
    let owner = announced.answer.question.name
    guard !announced.isLeftover else {
      let records = announced.answer.records.filter { record in
        guard case .srv(let srv) = record.data else { return false }
        return srv.target == announced.host && srv.port == announced.port
      }
      let mend = Mend(remove: records, note: "If the service is to be there, switch it on instead.")
      return announced.doors.prefix(1).map { door in
        Fault(
          at: Place(door.server.host, port: announced.port), saidBy: door.server.responder,
          "SRV at \(owner) announces port \(Int(announced.port)) of \(announced.host), which is closed.",
          observed:
            "connection refused at \(announced.doors.map { "\($0.server.address)" as Message }.enumeration)",
          expected: "no such record, or a server that accepts connections",
          mend: announced.answer.aliases.isEmpty ? mend : nil,
          link: .port(announced.port, of: announced.host))
      }
    }
    return announced.doors.filter(announced.speaksAnother).map { door in
      door.server.fault(
        "SRV at \(owner) announces a service that \(door.server.words) does not speak.",
        expected: "a greeting of that protocol")
    }
  }
}

extension MailSession {
  /// Its first words are none of the protocol.
  fileprivate mutating func speakAnotherProtocol() {
    greeting = nil
    inPlaintext = .unseen
    startTLS = .unseen
    inTLS = .unseen
    stage = .greeting
    ending = .violated(.notAReply)
  }
}
