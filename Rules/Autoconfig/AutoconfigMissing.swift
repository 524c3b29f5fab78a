import Evidence
package import Verdict

extension Rule {
  package static let autoconfigMissing = Rule(
    "autoconfig.missing",
    "Mail programs find no settings for accounts of this domain",
    about: SettingsSearch.self,
    severity: .low,
    why: """
      Thunderbird and other programs look for `autoconfig` below the domain. Without it they guess, or users \
      type in the names of the servers by hand.
      """,
    fix: """
      Serve the settings at `https://autoconfig.DOMAIN/mail/config-v1.1.xml`, or publish SRV records for the \
      services.
      """,
    references: [.practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "no host", at: ["autoconfig.example.com."], documents: [.settings(at: .wellKnown, status: 404)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "no document", at: ["autoconfig.example.com."], documents: [.settings(status: 404)],
        ExampleDocument.settingsZone),
      .flags(
        "a page", at: ["autoconfig.example.com."],
        documents: [.settings("<!DOCTYPE html><title>Welcome</title>", type: "text/html")],
        ExampleDocument.settingsZone),
      .flags(
        "the web server does not know the name", at: ["autoconfig.example.com."],
        documents: [.settings(failing: .certificate(.nameMismatch))], ExampleDocument.settingsZone),
      .passes("below autoconfig", documents: [.settings()], ExampleDocument.settingsZone),
      .passes(
        "at the well-known place", documents: [.settings(at: .wellKnown)],
        "@ MX 10 mail\n@ A 192.0.2.80\nmail A 192.0.2.1"),
      .passes(
        "no answer in time proves nothing", documents: [.settings(failing: .timedOut(.connecting))],
        ExampleDocument.settingsZone),
      .passes(
        "nor does a redirect", documents: [.settings("", status: 302, location: "/settings.xml")],
        ExampleDocument.settingsZone),
      .passes("nor a failure for now", documents: [.settings("", status: 502)], ExampleDocument.settingsZone),
      .passes(
        "over HTTP is autoconfig.http-only", documents: [.settings(at: .plain)], ExampleDocument.settingsZone),
      .passes(
        "behind a login is autoconfig.auth", documents: [.settings("", status: 401)],
        ExampleDocument.settingsZone),
      .passes(
        "SRV records tell the same", documents: [.settings(status: 404)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail\n_submissions._tcp SRV 0 1 465 mail"),
      .passes(
        "the settings of a hosted domain are the provider's", documents: [.settings(status: 404)],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 203.0.113.25"),
      .passes(
        "nobody reads mail of a domain for rewritten senders", documents: [.settings(status: 404)],
        expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("no mail", documents: [.settings(status: 404)], "@ A 192.0.2.80"),
    ]
  ) { search, facts in
    guard facts.hasMailboxes, search.finding == .nowhere, search.hasOwnHost, !search.isAnnounced else {
      return []
    }
    guard let document = search.main.document else {
      guard let answer = search.answer else { return [] }
      return [
        Fault(
          in: answer,
          "\(search.main.host) has no address, and \(facts.domain) serves no settings at its well-known place."
        )
      ]
    }
    return [
      document.fault("\(search.main.host) serves no settings over HTTPS: it \(document.words).")
    ]
  }
}
