import DKIM
package import Verdict

extension Rule {
  package static let dkimHSHA1Only = Rule(
    "dkim.h-sha1-only",
    "The key allows SHA-1 only",
    about: DKIMSelector.self,
    severity: .critical,
    why: "Verifiers must not accept SHA-1, and the key forbids SHA-256: no signature can pass.",
    fix: "Remove the tag `h`, or write `h=sha256`.",
    references: [.rfc(8301, "3.1")],
    examples: [
      .flags(
        "h=sha1", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; h=sha1"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("both", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("v=DKIM1; h=sha1:sha256"))"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .hashSHA1Only = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
