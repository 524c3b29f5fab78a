import Evidence
package import Verdict

extension Rule {
  package static let autoconfigAuth = Rule(
    "autoconfig.auth",
    "The settings of mail programs are not public",
    about: SettingsHost.self,
    severity: .high,
    why: "Programs ask for the settings before they know a password: to them there are none.",
    fix: "Serve the document to everybody, without login; it must not hold anything secret.",
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "401", at: ["autoconfig.example.com."], documents: [.settings("", status: 401)],
        ExampleDocument.settingsZone),
      .flags(
        "403", at: ["autoconfig.example.com."], documents: [.settings("", status: 403)],
        ExampleDocument.settingsZone),
      .flags(
        "403 of a host that a wildcard may have made", at: ["autoconfig.example.com."], severity: .low,
        documents: [.settings("", status: 403)], "@ MX 10 mail\nmail A 192.0.2.1\n* A 192.0.2.81"),
      .passes("in order", documents: [.settings()], ExampleDocument.settingsZone),
      .passes("404", documents: [.settings("", status: 404)], ExampleDocument.settingsZone),
      .passes(
        "a wall in front of the well-known place",
        documents: [.settings(), .settings("", at: .wellKnown, status: 403)],
        "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
    ]
  ) { host, _ in
    guard host.finding == .locked, let response = host.document.response else { return [] }
    return [
      host.document.fault(
        severity: host.mayBeWildcard ? .low : nil,
        "\(host.document.fetch.request.host) answers with status \(response.status) to whoever asks for the settings.",
        expected: "status 200 and the settings")
    ]
  }
}
