import DKIM
package import Verdict

extension Rule {
  package static let dkimSService = Rule(
    "dkim.s-service",
    "The key is not for mail",
    about: DKIMSelector.self,
    severity: .critical,
    why: "The tag `s` names services, and mail is not among them: signatures on mail fail.",
    fix: "Remove the tag `s`, or write `s=email`.",
    references: [.rfc(6376, "3.6.1"), .rfc(8460, "3")],
    examples: [
      .flags(
        "TLS reports only", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; s=tlsrpt"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "mail among others", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; s=email:tlsrpt"))"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .serviceNotMail = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
