import DNSData
import MailDiscovery
package import Verdict

extension Rule {
  package static let accessExpectedPortClosed = Rule(
    "access.expected-port-closed",
    "A port that mail programs count on is closed",
    about: PromisedServer.self,
    severity: .high,
    why: """
      Mail programs set accounts up by SRV records and connect to what these name, and users by what their \
      operator has told them. Where nothing listens, the account does not work.
      """,
    fix: """
      Let the service listen at that port and open it in the firewall, or take it out of the SRV records and the \
      expected configuration.
      """,
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
      .flags(
        "expected, and announced by nobody", at: ["mail.example.com."],
        servers: [.example(), .example(.imaps), .example(.refused, .submissions)], expecting: .exampleV4,
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "as expected", servers: [.example(), .example(.imaps), .example(.submissions)],
        expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
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
  ) { promised, _ in
    guard promised.isClosed, !promised.isAtPortOfAnother, !promised.isLeftover else { return [] }
    return promised.doors.map { door in
      let message: Message =
        switch promised.promise {
        case .record(let name):
          "SRV at \(name) promises a service at \(door.server.words), where the connection is refused."
        case .expectation: "\(door.server.words) is meant to be open, and the connection is refused."
        }
      return door.server.fault(
        message, expected: "a server that accepts connections",
        link: .port(door.server.service.port, of: door.server.host))
    }
  }
}
