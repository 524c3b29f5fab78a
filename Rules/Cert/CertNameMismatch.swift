import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let certNameMismatch = Rule(
    "cert.name-mismatch",
    "A certificate is not for the name of its server",
    about: CertifiedServer.self,
    severity: .high,
    why: """
      Mail programs warn of such a server or do not connect. Between servers few look at names, unless DANE or \
      MTA-STS makes them.
      """,
    fix: "Get a certificate with the server's name among its alternative names, and serve it at this port.",
    references: [.rfc(9525, "6.3"), .rfc(7817, "3"), .rfc(8461, "4.2")],
    examples: [
      .flags(
        "at a port for mail programs", at: ["mail.example.com."],
        servers: [.example(.imaps, tls: ExampleHandshake(nameMatches: false))], exampleHost),
      .flags(
        "between servers", at: ["mail.example.com."], severity: .low,
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issuedElsewhere, nameMatches: false))],
        exampleHost),
      .passes("the right name", servers: [.example(.smtp), .example(.imaps)], exampleHost),
      .passes(
        "its key is pinned",
        servers: [.example(.smtp, tls: ExampleHandshake(nameMatches: false))],
        exampleHost + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.ecdsaDigest)"),
      .passes(
        "under a policy that is enforced, of which another rule speaks",
        servers: [.example(.smtp, tls: ExampleHandshake(nameMatches: false))], documents: [examplePolicy],
        exampleHost + "\n" + examplePolicyRecords),
      .passes(
        "a name that only SRV records give is srv.cert",
        servers: [
          .example(.smtp),
          .example(.imaps, host: "imap.example.com", tls: ExampleHandshake(nameMatches: false)),
        ], exampleHost + "\nimap A 192.0.2.1\n_imaps._tcp SRV 0 1 993 imap"),
      .passes(
        "a name that only settings give is autoconfig.hostport",
        servers: [
          .example(.smtp),
          .example(.imaps, host: "imap.example.com", tls: ExampleHandshake(nameMatches: false)),
        ],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.example.com", port: 993, security: "SSL")))
        ], ExampleDocument.settingsZone + "\nimap A 192.0.2.1"),
    ]
  ) { certified, facts in
    guard !certified.verdicts.matchName, !certified.isPinned, !certified.isUnderPolicy,
      !certified.isOfServiceTarget(in: facts), !certified.isOfSettingsAlone(in: facts)
    else { return [] }
    return [
      certified.fault(
        mail: .low, clients: .high, "\(certified.words) is not for that name.",
        observed: certified.names, expected: "\(certified.server.host) among its names")
    ]
  }
}
