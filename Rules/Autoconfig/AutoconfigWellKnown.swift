import Autoconfig
import DNSData
package import Verdict

extension Rule {
  package static let autoconfigWellKnown = Rule(
    "autoconfig.wellknown",
    "The settings differ between their two places",
    about: TwofoldSettings.self,
    severity: .low,
    why:
      """
      Which servers an account gets depends on where a program looks first; most likely one of the two is out of \
      date.
      """,
    fix: "Serve the same document at both places, or at `autoconfig.DOMAIN` alone.",
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "another port", at: ["example.com."],
        documents: [
          .settings(),
          .settings(
            ExampleDocument.settingsText(smtp: (host: "mail.example.com", port: 587, security: "STARTTLS")),
            at: .wellKnown),
        ], "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
      .passes(
        "the same", documents: [.settings(), .settings(at: .wellKnown)],
        "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
      .passes(
        "written in another way",
        documents: [
          .settings(),
          .settings(
            ExampleDocument.settingsText(imap: (host: "mail.%EMAILDOMAIN%", port: 993, security: "SSL")),
            at: .wellKnown),
        ], "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
      .passes("one", documents: [.settings()], "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
    ]
  ) { both, facts in
    let main = both.main.configuration
    let other = both.wellKnown.configuration
    guard main.isUsable, other.isUsable else { return [] }
    guard main.essence(for: facts.domain) != other.essence(for: facts.domain) else { return [] }
    let host = both.main.document.fetch.request.host
    return [
      both.wellKnown.document.fault(
        "The settings at \(facts.domain) name other servers than those at \(host).")
    ]
  }
}

/// What a program makes of a server, however it is written.
private struct Essence: Hashable {
  let service: ServerType
  let host: Name?
  let port: UInt16?
  let security: SocketType?
  let username: String?
}

extension ClientConfiguration {
  /// For reading, then for sending, each in the order of preference.
  fileprivate func essence(for domain: Name) -> [[Essence]] {
    [incoming, outgoing].map { $0.map { $0.essence(for: domain) } }
  }
}

extension ConfiguredServer {
  fileprivate func essence(for domain: Name) -> Essence {
    Essence(
      service: service, host: host(for: domain), port: port, security: security, username: username)
  }
}
