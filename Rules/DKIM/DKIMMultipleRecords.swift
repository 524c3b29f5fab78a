package import Verdict

extension Rule {
  package static let dkimMultipleRecords = Rule(
    "dkim.multiple-records",
    "A selector has more than one key record",
    about: DKIMSelector.self,
    severity: .high,
    why: "What a verifier does then is undefined: it may take the wrong key, or give up.",
    fix: "Keep the record that the signer uses. For another key take another selector.",
    references: [.rfc(6376, "3.6.2.2")],
    examples: [
      .flags(
        "two keys", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record())\ns._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"
      ),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "another text beside", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record())\ns._domainkey TXT hello"),
    ]
  ) { selector, _ in
    guard selector.candidates.count > 1 else { return [] }
    return [
      Fault(
        in: selector.answer, severity: selector.severity(.high),
        "There are \(selector.candidates.count) key records at \(selector.name).", expected: "one")
    ]
  }
}
