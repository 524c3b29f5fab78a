import Evidence
package import Verdict

extension Rule {
  package static let autoconfigHTTPOnly = Rule(
    "autoconfig.http-only",
    "Mail programs find the settings without TLS only",
    about: SettingsSearch.self,
    severity: .medium,
    why: """
      Whoever sits in the same network can change settings that come without TLS, and have the password sent to \
      their own server. Careful programs do not use them.
      """,
    fix: "Serve the same document over HTTPS, with a certificate for `autoconfig.DOMAIN`.",
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "nobody at 443", at: ["autoconfig.example.com."],
        documents: [.settings(failing: .refused), .settings(at: .plain)], ExampleDocument.settingsZone),
      .flags(
        "another certificate", at: ["autoconfig.example.com."],
        documents: [.settings(failing: .certificate(.nameMismatch)), .settings(at: .plain)],
        ExampleDocument.settingsZone),
      .passes(
        "both", documents: [.settings(), .settings(at: .plain)], ExampleDocument.settingsZone),
      .passes(
        "well-known over HTTPS", documents: [.settings(at: .wellKnown), .settings(at: .plain)],
        "@ A 192.0.2.80\n\(ExampleDocument.settingsZone)"),
      .passes(
        "no answer over HTTPS in time",
        documents: [.settings(failing: .timedOut(.handshake)), .settings(at: .plain)],
        ExampleDocument.settingsZone),
      .passes("neither", documents: [.settings(status: 404)], ExampleDocument.settingsZone),
    ]
  ) { search, _ in
    guard search.finding == .overHTTP, let document = search.plain.document else { return [] }
    let secure: Message = search.main.document.map { "; over HTTPS it \($0.words)" } ?? ""
    return [
      document.fault(
        "\(search.plain.host) serves the settings over HTTP\(secure).", expected: "the settings over HTTPS")
    ]
  }
}
