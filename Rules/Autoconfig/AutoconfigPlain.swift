import Autoconfig
package import Verdict

extension Rule {
  package static let autoconfigPlain = Rule(
    "autoconfig.plain",
    "The settings tell mail programs to do without TLS",
    about: ServedSettings.self,
    severity: .high,
    why: "Passwords and mail go over the network for everybody in it to read.",
    fix: "Write `<socketType>SSL</socketType>` and the ports 993 and 465, or `STARTTLS` with 143 and 587.",
    references: [.practice("draft-ietf-mailmaint-autoconfig"), .rfc(8314, "3")],
    examples: [
      .flags(
        "IMAP", at: ["autoconfig.example.com."],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "mail.example.com", port: 143, security: "plain")))
        ], ExampleDocument.settingsZone),
      .flags(
        "submission", at: ["autoconfig.example.com."],
        documents: [
          .settings(
            ExampleDocument.settingsText(smtp: (host: "mail.example.com", port: 587, security: "plain")))
        ], ExampleDocument.settingsZone),
      .passes("TLS", documents: [.settings()], ExampleDocument.settingsZone),
      .passes(
        "STARTTLS",
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "mail.example.com", port: 143, security: "STARTTLS")))
        ], ExampleDocument.settingsZone),
    ]
  ) { settings, _ in
    settings.servers.filter { $0.security == .plain }.map { server in
      settings.document.fault(
        "Line \(server.line) of the settings names a server to be used without TLS.",
        observed: server.place.map { "\(foreign: $0)" }, expected: "`SSL` or `STARTTLS`")
    }
  }
}

extension ConfiguredServer {
  /// As it is written.
  fileprivate var place: String? {
    hostname.map { hostname in port.map { "\(hostname):\($0)" } ?? hostname }
  }
}
