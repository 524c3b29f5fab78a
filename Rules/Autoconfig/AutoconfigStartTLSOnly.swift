import Autoconfig
import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let autoconfigStartTLSOnly = Rule(
    "autoconfig.starttls-only",
    "The settings name STARTTLS alone where the server has TLS from the start",
    about: ServedSettings.self,
    severity: .low,
    why: """
      With TLS from the first octet nobody on the way can make a program go on without it, and no mistake in it \
      can send the password in the clear.
      """,
    fix: "Name port 993 for IMAP, 995 for POP3 and 465 for submission, with `SSL`, in front of the others.",
    references: [.rfc(8314, "3.3")],
    examples: [
      .flags(
        "both", at: ["autoconfig.example.com."], servers: [.example(.imaps), .example(.submissions)],
        documents: [
          .settings(
            ExampleDocument.settingsText(
              imap: (host: "mail.example.com", port: 143, security: "STARTTLS"),
              smtp: (host: "mail.example.com", port: 587, security: "STARTTLS")))
        ], ExampleDocument.settingsZone),
      .passes(
        "TLS from the start", servers: [.example(.imaps), .example(.submissions)],
        documents: [.settings()], ExampleDocument.settingsZone),
      .passes(
        "the server has nothing else", servers: [.example(.imap), .example(.submission)],
        documents: [
          .settings(
            ExampleDocument.settingsText(
              imap: (host: "mail.example.com", port: 143, security: "STARTTLS"),
              smtp: (host: "mail.example.com", port: 587, security: "STARTTLS")))
        ], ExampleDocument.settingsZone),
      .passes(
        "a server that nobody connected to",
        documents: [
          .settings(
            ExampleDocument.settingsText(
              imap: (host: "imap.vendor.example", port: 143, security: "STARTTLS")))
        ], ExampleDocument.settingsZone),
    ]
  ) { settings, facts in
    let candidates: [(type: ServerType, service: ProbedService)] = [
      (.imap, .imaps), (.pop3, .pop3s), (.smtp, .submissions),
    ]
    return candidates.compactMap { type, service in
      let servers = settings.servers.filter { $0.service == type && $0.hostname != nil }
      guard !servers.isEmpty, servers.allSatisfy({ $0.security == .startTLS }) else { return nil }
      let hosts = Set(servers.compactMap { $0.host(for: facts.domain) })
      let better = facts.observation(of: TLSServer.self).subjects.first {
        $0.server.service == service && hosts.contains($0.server.host)
      }
      guard let better else { return nil }
      return settings.document.fault(
        "The settings name STARTTLS alone, and \(better.server.words) has TLS from the start.",
        expected: "port \(Int(service.port)) with `SSL`")
    }
  }
}
