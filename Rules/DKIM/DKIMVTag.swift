import DKIM
package import Verdict

extension Rule {
  package static let dkimVTag = Rule(
    "dkim.v-tag",
    "The key record has another version than DKIM1",
    about: DKIMSelector.self,
    severity: .high,
    why: """
      The tag `v` must come first and be exactly `DKIM1`. Verifiers discard the record otherwise, and \
      signatures fail.
      """,
    fix: "Begin the record with `v=DKIM1;`, or leave the tag out.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "another case", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=dkim1"))"),
      .flags(
        "not first", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("k=rsa; v=DKIM1"))"),
      .flags(
        "a version that does not exist", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM2"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("without v", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("k=rsa"))"),
      .passes("a text that is no key", selectors: ["s"], "s._domainkey TXT \"v=spf1 -all\""),
    ]
  ) { selector, _ in
    // Another version beside a sound record is another protocol's text.
    guard !selector.candidates.contains(where: { $0.usability != .error }) else { return [] }
    return selector.faults(.high) { kind in
      switch kind {
      case .versionNotFirst, .versionNearMiss, .versionOther: "\(own: kind.description)"
      default: nil
      }
    }
  }
}
