import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let srvCert = Rule(
    "srv.cert",
    "An SRV record leads to a name that the certificate there does not hold",
    about: Scoped<CertifiedServer, ServerScopes.Clients>.self,
    severity: .medium,
    why: """
      Mail programs compare the certificate with the name that the record gives them. It is for another one, so that \
      they warn of an attack or do not connect.
      """,
    fix: """
      Let the record name the host by a name in its certificate, or get a certificate that holds the name in the \
      record too.
      """,
    references: [.rfc(6186, "6"), .rfc(7817, "3"), .rfc(9525, "6.3")],
    examples: [
      .flags(
        "a second name of the host", at: ["imap.example.com."],
        servers: [
          .example(), .example(.imaps),
          .example(.imaps, host: "imap.example.com", tls: ExampleHandshake(nameMatches: false)),
        ],
        "@ MX 10 mail\nmail A 192.0.2.1\nimap A 192.0.2.1\n_imaps._tcp SRV 0 1 993 imap"),
      .passes(
        "in the certificate",
        servers: [.example(), .example(.imaps), .example(.imaps, host: "imap.example.com")],
        "@ MX 10 mail\nmail A 192.0.2.1\nimap A 192.0.2.1\n_imaps._tcp SRV 0 1 993 imap"),
      .passes(
        "an MX host is cert.name-mismatch",
        servers: [.example(), .example(.imaps, tls: ExampleHandshake(nameMatches: false))],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .passes(
        "an expired one for the right name is cert.expired",
        servers: [
          .example(),
          .example(
            .imaps, host: "imap.example.com",
            tls: ExampleHandshake(dates: .expired(ExampleHandshake.time, depth: 0))),
        ],
        "@ MX 10 mail\nmail A 192.0.2.1\nimap A 192.0.2.1\n_imaps._tcp SRV 0 1 993 imap"),
    ]
  ) { scoped, facts in
    let certified = scoped.subject
    guard !certified.verdicts.matchName, certified.isOfServiceTarget(in: facts) else { return [] }
    return [
      certified.fault(
        mail: .medium, clients: .medium,
        "\(certified.words), to which an SRV record leads, is not for that name.",
        observed: certified.names, expected: "\(certified.server.host) among its names")
    ]
  }
}
