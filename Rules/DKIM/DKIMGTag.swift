import DKIM
package import Verdict

extension Rule {
  package static let dkimGTag = Rule(
    "dkim.g-tag",
    "The key record has the obsolete tag g",
    about: DKIMSelector.self,
    severity: .low,
    why: """
      `g` once said for which local parts a key is. Today's verifiers ignore it; for those of old an empty \
      one matches nobody.
      """,
    fix: "Remove the tag.",
    references: [.rfc(6376, "C.2"), .rfc(4871, "3.6.1")],
    examples: [
      .flags(
        "for everybody", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; g=*"))"),
      .flags(
        "for nobody", at: ["s._domainkey.example.com."], severity: .medium, selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; g="))"),
      .passes("without it", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.low, mend: \.publication) { kind in
      kind == .granularity ? "\(own: kind.description)" : nil
    }
      + selector.faults(.medium, mend: \.publication) { kind in
        kind == .granularityEmpty ? "\(own: kind.description)" : nil
      }
  }
}
