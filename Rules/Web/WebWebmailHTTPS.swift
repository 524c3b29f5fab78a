import Evidence
package import Verdict

extension Rule {
  package static let webWebmailHTTPS = Rule(
    "web.webmail-https",
    "Webmail does not open over HTTPS",
    about: WebmailPage.self,
    severity: .medium,
    why: """
      Browsers warn users away, or show them nothing; who clicks the warning away may give the password to a stranger.
      """,
    fix: """
      Let the web server answer on port 443, with a certificate for the name of the webmail host from a public \
      authority, and let that be renewed by itself.
      """,
    references: [
      .rfc(9110, "4.3.4"), .rfc(9525, "6"), .practice("Flying Circus: mail server"),
      .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "expired", at: ["webmail.example.com."], documents: [.webmail(failing: .certificate(.expired))],
        expecting: .exampleV4, ExampleDocument.webmailZone),
      .flags(
        "for other names", at: ["webmail.example.com."],
        documents: [.webmail(failing: .certificate(.nameMismatch))], expecting: .exampleV4,
        ExampleDocument.webmailZone),
      .flags(
        "from nobody that browsers trust", at: ["webmail.example.com."],
        documents: [.webmail(failing: .certificate(.selfSigned))], expecting: .exampleV4,
        ExampleDocument.webmailZone),
      .flags(
        "a closed port", at: ["webmail.example.com."], documents: [.webmail(failing: .refused)],
        expecting: .exampleV4, ExampleDocument.webmailZone),
      .passes(
        "a page", documents: [.webmail()], expecting: .exampleV4, ExampleDocument.webmailZone),
      .passes(
        "a page behind a password", documents: [.webmail(status: 401)], expecting: .exampleV4,
        ExampleDocument.webmailZone),
      .passes(
        "no answer in time proves nothing", documents: [.webmail(failing: .timedOut(.connecting))],
        expecting: .exampleV4, ExampleDocument.webmailZone),
      .passes(
        "a host without an address is web.webmail-host", documents: [.webmail()], expecting: .exampleV4,
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "nothing is expected", documents: [.webmail(failing: .refused)], ExampleDocument.webmailZone),
    ]
  ) { page, _ in
    let host = page.document.fetch.request.host
    switch page.document.finding {
    case .response: return []
    case .certificate(let refusal):
      return [
        page.document.fault(
          "The certificate that \(host) shows \(refusal.words).",
          expected: "a certificate for \(host), in date, from a public authority")
      ]
    case .broken:
      return [
        page.document.fault(
          "The web server at \(host) \(page.document.words).", expected: "an answer over HTTPS")
      ]
    }
  }
}
