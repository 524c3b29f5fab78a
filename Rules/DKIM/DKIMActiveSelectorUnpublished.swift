import DKIM
package import Verdict

extension Rule {
  package static let dkimActiveSelectorUnpublished = Rule(
    "dkim.active-selector-unpublished",
    "A selector that signs has no key",
    about: DKIMSelector.self,
    severity: .critical,
    why: "Every signature made with this selector fails: receivers cannot find the key.",
    fix: """
      Publish the key record that the signer made, or let the signer use the selector that is published.
      """,
    references: [.rfc(6376, "3.6.2"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags("nothing there", at: ["s._domainkey.example.com."], selectors: ["s"], "@ MX 10 mail"),
      .flags("another text", at: ["s._domainkey.example.com."], selectors: ["s"], "s._domainkey TXT hello"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("a common name that nobody gave", "@ MX 10 mail"),
      .passes(
        "a key at a misspelt name is dkim.name-typo", selectors: ["s"],
        "s_domainkey TXT \(ExampleKey.record())"),
      .passes(
        "an alias to nothing is dkim.cname-dangling", selectors: ["s"], "s._domainkey CNAME s.vendor.example."
      ),
    ]
  ) { selector, facts in
    guard selector.use == .given, selector.answer.aliases.isEmpty, selector.candidates.isEmpty,
      !selector.records.contains(where: \.isOfAnotherVersion),
      !MisplacedDKIMKey.observe(facts).subjects.contains(where: {
        $0.selector.name == selector.name && !$0.records.isEmpty
      })
    else { return [] }
    return [
      Fault(
        in: selector.answer, "The selector signs, and there is no key record at \(selector.name).",
        expected: "a TXT record with the public key")
    ]
  }
}
