import DKIM
package import Verdict

extension Rule {
  package static let dkimPWhitespace = Rule(
    "dkim.p-whitespace",
    "There is white space inside the key",
    about: DKIMSelector.self,
    severity: .low,
    why: """
      It is legal, and most often a blank at the seam of two strings. Some verifiers do not remove it, and \
      cannot read the key.
      """,
    fix: "Publish the key without blanks; strings of one TXT record are joined without any.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "a blank at the seam", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT "
          + ExampleKey.text(
            "v=DKIM1; p=\(ExampleKey.rsa2048.prefix(100)) \(ExampleKey.rsa2048.dropFirst(100))")),
      .passes("blanks between tags", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "blanks around the key", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.text("v=DKIM1; p= \(ExampleKey.rsa2048) "))"),
    ]
  ) { selector, _ in
    selector.faults(.low, mend: \.publication) { kind in
      kind == .keyWhiteSpace ? "\(own: kind.description)" : nil
    }
  }
}
