import DKIM
package import Verdict

extension Rule {
  package static let dkimHUnknown = Rule(
    "dkim.h-unknown",
    "The key does not allow SHA-256",
    about: DKIMSelector.self,
    severity: .critical,
    why: "All signatures use SHA-256 today, and the key forbids it: none can pass.",
    fix: "Remove the tag `h`, or write `h=sha256`.",
    references: [.rfc(6376, "3.6.1"), .rfc(8301, "3.1")],
    examples: [
      .flags(
        "h=sha512", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; h=sha512"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "sha256 beside", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("v=DKIM1; h=sha512:sha256"))"
      ),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .hashUnknown = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
