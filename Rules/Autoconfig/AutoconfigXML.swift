import Autoconfig
package import Verdict

extension Rule {
  package static let autoconfigXML = Rule(
    "autoconfig.xml",
    "Mail programs cannot use the settings",
    about: ServedSettings.self,
    severity: .medium,
    why: "Settings that cannot be read, or are for another domain, are none: programs guess, or users type.",
    fix: """
      Serve a well-formed `clientConfig` of version 1.1 with the domain, an `incomingServer` and an \
      `outgoingServer`.
      """,
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "an element that does not end", at: ["autoconfig.example.com."],
        documents: [.settings("<clientConfig version=\"1.1\"><emailProvider id=\"example.com\">")],
        ExampleDocument.settingsZone),
      .flags(
        "another domain", at: ["autoconfig.example.com."],
        documents: [.settings(ExampleDocument.settingsText(domain: "vendor.example"))],
        ExampleDocument.settingsZone),
      .flags(
        "no servers", at: ["autoconfig.example.com."],
        documents: [
          .settings(
            """
            <clientConfig version="1.1"><emailProvider id="example.com"><domain>example.com</domain>
            </emailProvider></clientConfig>
            """)
        ], ExampleDocument.settingsZone),
      .flags(
        "a kind of TLS that there is not", at: ["autoconfig.example.com."],
        documents: [
          .settings(
            ExampleDocument.settingsText(imap: (host: "mail.example.com", port: 993, security: "TLS")))
        ], ExampleDocument.settingsZone),
      .passes("in order", documents: [.settings()], ExampleDocument.settingsZone),
      .passes(
        "for every domain",
        documents: [.settings(ExampleDocument.settingsText(domain: "%EMAILDOMAIN%"))],
        ExampleDocument.settingsZone),
      .passes(
        "a page is autoconfig.missing", documents: [.settings("<!DOCTYPE html>", type: "text/html")],
        ExampleDocument.settingsZone),
    ]
  ) { settings, facts in
    var seen: Set<ClientConfigurationFault.Kind> = []
    var faults = settings.configuration.faults.compactMap { fault -> Fault? in
      guard fault.kind.effect != .warns, seen.insert(fault.kind).inserted else { return nil }
      return settings.document.fault(
        // The other servers count.
        severity: fault.kind.effect == .dropsServer ? .low : nil,
        "Line \(fault.line) of the settings: \(own: fault.kind.description)")
    }
    let domains = settings.configuration.domains
    if !domains.isEmpty, !settings.configuration.covers(facts.domain) {
      faults.append(
        settings.document.fault(
          "The settings are not for \(facts.domain).",
          observed: domains.map { "\(foreign: $0.text)" as Message }.enumeration,
          expected: "`<domain>\(facts.domain)</domain>`"))
    }
    return faults
  }
}
