import DNSData
import MailDiscovery
package import Verdict

extension Rule {
  package static let accessExpectedPortClosed = Rule(
    "access.expected-port-closed",
    "An SRV record promises a service at a port that is closed",
    about: AnnouncedServer.self,
    severity: .high,
    why: """
      Mail programs set accounts up by these records and connect to what they name. Where nothing listens, \
      the account does not work.
      """,
    fix: "Let the service listen at that port and open it in the firewall, or remove the record.",
    references: [.rfc(6186, "3"), .rfc(2782, "")],
    examples: [
      .flags(
        "993 of the only address", at: ["mail.example.com."],
        servers: [.example(), .example(.refused, .imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .flags(
        "a port of their own choice at another host", at: ["imap.example.com."],
        servers: [.example()],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        imap A 192.0.2.2
        _imaps._tcp SRV 0 1 1993 imap
        """),
      .passes(
        "open", servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .passes(
        "one address answers",
        servers: [.example(), .example(.imaps), .example(.refused, .imaps, at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1\n_imaps._tcp SRV 0 1 993 mail"),
      .passes(
        "no answer proves nothing", servers: [.example(), .example(.timedOut, .imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .passes("closed, and promised by nobody", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the port of another service is srv.port-wrong", servers: [.example()],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 143 mail"),
      .passes(
        "STARTTLS beside TLS from the start is srv.legacy-without-service",
        servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_imap._tcp SRV 10 1 143 mail"),
    ]
  ) { announced, _ in
    guard announced.isClosed, !announced.isAtPortOfAnother, !announced.isLeftover else { return [] }
    return announced.doors.map { door in
      door.server.fault(
        """
        SRV at \(announced.answer.question.name) promises a service at \(door.server.words), where the \
        connection is refused.
        """, expected: "a server that accepts connections")
    }
  }
}
