import Evidence
package import Verdict

extension Rule {
  package static let autoconfigRedirect = Rule(
    "autoconfig.redirect",
    "The settings of mail programs are redirected to another host",
    about: SettingsHost.self,
    severity: .low,
    why: """
      Not every program follows, and none can tell a provider's host from a stranger's. A login page at the end \
      of the redirect is no settings at all.
      """,
    fix: "Serve the document itself at `autoconfig.DOMAIN`, if need be by a CNAME or a proxy.",
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "a login page", at: ["autoconfig.example.com."],
        documents: [.settings("", status: 302, location: "https://login.vendor.example/")],
        ExampleDocument.settingsZone),
      .flags(
        "without TLS", at: ["autoconfig.example.com."],
        documents: [
          .settings(failing: .refused),
          .settings("", at: .plain, status: 301, location: "http://autoconfig.vendor.example/mail/x.xml"),
        ], ExampleDocument.settingsZone),
      .passes("in order", documents: [.settings()], ExampleDocument.settingsZone),
      .passes(
        "on the same host", documents: [.settings("", status: 301, location: "/config.xml")],
        ExampleDocument.settingsZone),
      .passes(
        "from HTTP to HTTPS",
        documents: [
          .settings(),
          .settings("", at: .plain, status: 301, location: ExampleSettingsPlace.main.rawValue),
        ], ExampleDocument.settingsZone),
    ]
  ) { host, _ in
    guard let response = host.document.response, response.isRedirect, let location = response.location,
      let other = location.urlHost, other != host.document.fetch.request.hostText.lowercased()
    else { return [] }
    return [
      host.document.fault(
        "\(host.document.fetch.request.host) leads elsewhere with status \(response.status).",
        observed: "\(foreign: location.octets)", expected: "status 200 and the settings")
    ]
  }
}
