package import Verdict

extension Rule {
  package static let dkimWildcard = Rule(
    "dkim.wildcard",
    "A wildcard answers for every selector with a key",
    about: DKIMWildcard.self,
    severity: .high,
    why: """
      Every selector anybody thinks of has this key: old and revoked selectors stay valid, and \
      signatures cannot be withdrawn.
      """,
    fix: "Remove the wildcard and publish the selectors that sign.",
    references: [.rfc(4592, "2"), .rfc(6376, "3.1")],
    examples: [
      .flags(
        "a key everywhere", at: ["nobody-published-this._domainkey.example.com."],
        "*._domainkey TXT \(ExampleKey.record())"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("a wildcard of another kind", "* TXT hello"),
      .passes("one that revokes every selector, as parked domains have", "*._domainkey TXT \"v=DKIM1; p=\""),
    ]
  ) { wildcard, _ in
    guard wildcard.records.contains(where: { $0.usability != .revoked }) else { return [] }
    return [Fault(in: wildcard.answer, "A selector that nobody has published has a key record.")]
  }
}
