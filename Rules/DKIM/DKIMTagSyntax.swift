import DKIM
package import Verdict

extension Rule {
  package static let dkimTagSyntax = Rule(
    "dkim.tag-syntax",
    "The key record is no proper tag list",
    about: DKIMSelector.self,
    severity: .high,
    why: "A tag list with an error is invalid as a whole: verifiers discard the record, and signatures fail.",
    fix: "Write `tag=value` pairs with semicolons between, each tag once.",
    references: [.rfc(6376, "3.2")],
    examples: [
      .flags(
        "no equals sign", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; rsa"))"),
      .flags(
        "a tag twice", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=rsa; k=rsa"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "a semicolon at the end", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.text("v=DKIM1; p=" + ExampleKey.rsa2048 + ";"))"),
      .passes("a text of another kind", selectors: ["s"], "s._domainkey TXT hello"),
    ]
  ) { selector, _ in
    selector.faults(.high) { kind in
      if case .syntax = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
