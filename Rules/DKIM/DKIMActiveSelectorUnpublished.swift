import DKIM
import DNSData
import Expectation
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
      .flags(
        "the operator says that it signs", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .signing, key: .rsa2048)), "@ MX 10 mail"),
      .flags(
        "what is to sign next", at: ["s._domainkey.example.com."], severity: .low,
        expecting: .keys(ExpectedSelector("s", .published, key: .rsa2048)), "@ MX 10 mail"),
      .passes(
        "what is planned", expecting: .keys(ExpectedSelector("s", .planned, key: .rsa2048)), "@ MX 10 mail"),
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
    guard selector.use != .guessed, selector.answer.aliases.isEmpty, selector.candidates.isEmpty,
      !selector.records.contains(where: \.isOfAnotherVersion),
      !facts.observation(of: MisplacedDKIMKey.self).subjects.contains(where: {
        $0.selector.name == selector.name && !$0.records.isEmpty
      })
    else { return [] }
    let isNext = selector.use == .next
    let expected = facts.observation(of: ExpectedKey.self).subjects.first { $0.name == selector.name }
    return [
      Fault(
        in: selector.answer, severity: isNext ? .low : .critical,
        isNext
          ? "The selector is to sign next, and there is no key record at \(selector.name) yet."
          : "The selector signs, and there is no key record at \(selector.name).",
        expected: "a TXT record with the public key", mend: expected.flatMap { $0.mend(to: $0.selector.key) })
    ]
  }
}
