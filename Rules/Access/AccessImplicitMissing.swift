import Evidence
package import Verdict

extension Rule {
  package static let accessImplicitMissing = Rule(
    "access.implicit-missing",
    "Mail programs cannot begin with TLS",
    about: ClientAccess.self,
    severity: .medium,
    why: """
      With STARTTLS the connection begins in plain text, and somebody on the path can keep it there. Ports \
      465 and 993 begin with TLS; current mail programs try them first.
      """,
    fix: "Switch ports 465 (submissions) and 993 (imaps) on.",
    references: [.rfc(8314, "3"), .rfc(8314, "3.2"), .rfc(8314, "3.3"), .rfc(8314, "4.1")],
    examples: [
      .flags(
        "STARTTLS alone", at: ["mail.example.com."],
        servers: [.example(), .example(.submission), .example(.imap)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "465 without TLS", at: ["mail.example.com."],
        servers: [
          .example(), .example(.submission),
          .example(.submissions, tls: ExampleHandshake(failure: .notTLS)) { $0.failHandshake() },
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one of them", servers: [.example(), .example(.submission), .example(.imap), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("no ports for mail programs", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one does not answer",
        servers: [.example(), .example(.imap), .example(.timedOut, .imaps)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a port of their own choice",
        servers: [
          .example(), .example(.imap), .example(ProbedService(.imap, port: 1993, .implicitTLS)),
        ], "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 1993 mail"),
    ]
  ) { access, _ in
    guard !access.hasImplicitTLS else { return [] }
    return access.onDemand.map { server in
      server.fault(
        severity: server.severity(.medium),
        "\(server.owned) waits for STARTTLS, and neither 465 nor 993 speaks TLS.",
        expected: "TLS from the first octet at ports 465 and 993")
    }
  }
}
