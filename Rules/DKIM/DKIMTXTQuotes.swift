import DKIM
package import Verdict

extension Rule {
  package static let dkimTXTQuotes = Rule(
    "dkim.txt-quotes",
    "Quoting of a zone file has become part of the key record",
    about: DKIMSelector.self,
    severity: .critical,
    why: """
      Quotes, backslashes or parentheses that belong to the zone file stand in the record itself. \
      Verifiers cannot read it, and signatures fail.
      """,
    fix: "Enter the value without quotes, parentheses and backslashes; the panel adds what it needs.",
    references: [.rfc(6376, "3.2"), .rfc(1035, "5.1")],
    examples: [
      .flags(
        "quotes", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.text("\\\"v=DKIM1; k=rsa; p=" + ExampleKey.rsa2048 + "\\\""))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .zoneFileQuoting = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
