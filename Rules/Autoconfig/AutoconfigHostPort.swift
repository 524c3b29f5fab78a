import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let autoconfigHostPort = Rule(
    "autoconfig.hostport",
    "The settings name a server that programs do not reach",
    about: NamedServer.self,
    severity: .high,
    why: "Programs set up the account with a server that they cannot reach or trust, and users see an error.",
    fix: """
      Name the host and the port at which the service is offered, by a name in its certificate, or open the port.
      """,
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "a closed port", at: ["autoconfig.example.com."], servers: [.example(.submissions)],
        documents: [.settings()], ExampleDocument.settingsZone),
      .flags(
        "a host without address", at: ["autoconfig.example.com."],
        servers: [.example(.imaps), .example(.submissions)],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.example.com", port: 993, security: "SSL")))
        ], "\(ExampleDocument.settingsZone)\n_imaps._tcp SRV 0 1 993 imap"),
      .passes(
        "in order", servers: [.example(.imaps), .example(.submissions)], documents: [.settings()],
        ExampleDocument.settingsZone),
      .passes(
        "no answer in time proves nothing",
        servers: [.example(.timedOut, .imaps), .example(.submissions)], documents: [.settings()],
        ExampleDocument.settingsZone),
      .flags(
        "a host of others that is gone", at: ["autoconfig.example.com."], servers: [.example(.submissions)],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.vendor.example", port: 993, security: "SSL")))
        ], ExampleDocument.settingsZone),
      .flags(
        "a host that the settings alone name, whose certificate does not", at: ["autoconfig.example.com."],
        servers: [
          .example(.submissions),
          .example(
            .imaps, host: "imap.vendor.example", at: "192.0.2.2", tls: ExampleHandshake(nameMatches: false)),
        ],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.vendor.example", port: 993, security: "SSL")))
        ], ExampleDocument.settingsZone + "\nimap.vendor.example. A 192.0.2.2"),
      .passes(
        "a host of others that is well, at a port of its own",
        servers: [
          .example(.submissions),
          .example(
            ProbedService(.imap, port: 1993, .implicitTLS), host: "imap.vendor.example", at: "192.0.2.2"),
        ],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.vendor.example", port: 1993, security: "SSL")))
        ], ExampleDocument.settingsZone + "\nimap.vendor.example. A 192.0.2.2"),
      .passes(
        "one of two addresses answers",
        servers: [.example(.imaps), .example(.submissions)], documents: [.settings()],
        ExampleDocument.settingsZone + "\nmail AAAA 2001:db8::1"),
      .passes(
        "the certificate of an MX host is cert.name-mismatch",
        servers: [.example(.imaps, tls: ExampleHandshake(nameMatches: false)), .example(.submissions)],
        documents: [.settings()], ExampleDocument.settingsZone),
    ]
  ) { named, facts in
    let line = "Line \(named.server.line) of the settings names \(named.title)" as Message
    let document = named.settings.document
    switch named.finding {
    case .reached: return []
    case .noAddress:
      return [document.fault("\(line), which has no address.", link: .addresses(of: named.host))]
    case .closed(let addresses):
      let places = addresses.map { "\($0)" as Message }.enumeration
      let port = named.server.port ?? 0
      return [
        document.fault(
          "\(line), port \(Int(port)), which is closed.", observed: "connection refused at \(places)",
          link: .port(port, of: named.host))
      ]
    case .otherName(let certified):
      return [
        document.fault(
          "\(line). \(certified.words) is not for that name.", observed: certified.names,
          expected: "\(named.host) among its names")
      ]
    }
  }
}
