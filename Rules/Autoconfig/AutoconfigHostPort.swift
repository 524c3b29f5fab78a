import Autoconfig
import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let autoconfigHostPort = Rule(
    "autoconfig.hostport",
    "The settings name a server that is not there",
    about: ServedSettings.self,
    severity: .high,
    why: "Programs set up the account with a server that they cannot reach, and users see an error.",
    fix: "Name the host and the port at which the service is offered, or open the port.",
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
      .passes(
        "a host that nobody looked up", servers: [.example(.submissions)],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "imap.vendor.example", port: 993, security: "SSL")))
        ], ExampleDocument.settingsZone),
    ]
  ) { settings, facts in
    settings.servers.compactMap { server in
      guard let host = server.host(for: facts.domain) else { return nil }
      let addresses = HostAddresses(host, in: facts)
      guard !addresses.isNoSuchName, !addresses.isProvenEmpty else {
        return settings.document.fault(
          "Line \(server.line) of the settings names \(host), which has no address.")
      }
      let probed = facts.mailServers.filter { $0.host == host && $0.service.port == server.port }
      guard let first = probed.first, probed.allSatisfy({ $0.probe.outcome == .refused }) else { return nil }
      let places = probed.map { "\($0.address)" as Message }.enumeration
      return settings.document.fault(
        "Line \(server.line) of the settings names \(host), port \(Int(first.service.port)), which is closed.",
        observed: "connection refused at \(places)")
    }
  }
}
