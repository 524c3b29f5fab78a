import DKIM
package import Verdict

extension Rule {
  package static let dkimPMissing = Rule(
    "dkim.p-missing",
    "The key record has no key",
    about: DKIMSelector.self,
    severity: .high,
    why: "Without the tag `p` the record is invalid, and signatures fail.",
    fix: "Publish the whole record that the signer made.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "only v and k", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \"v=DKIM1; k=rsa\""),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("a revoked key has p", selectors: ["s"], "s._domainkey TXT \"v=DKIM1; p=\""),
    ]
  ) { selector, _ in
    selector.faults(.high) { kind in
      if case .keyMissing = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
