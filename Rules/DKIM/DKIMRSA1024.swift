import DKIM
import Expectation
package import Verdict

extension Rule {
  package static let dkimRSA1024 = Rule(
    "dkim.rsa-1024",
    "The RSA key has less than 2048 bits",
    about: DKIMSelector.self,
    severity: .medium,
    why: """
      Receivers still accept 1024 bits. The standard wants 2048, since keys of 1024 bits are within reach \
      of those who can spend enough.
      """,
    fix: "Make a key of 2048 bits under a new selector, and let the signer use it.",
    references: [.rfc(8301, "3.2"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "1024 bits", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .flags(
        "its successor is published", at: ["s._domainkey.example.com."],
        expecting: .keys(
          ExpectedSelector("s", .signing), ExpectedSelector("next", .published, key: .rsa2048)),
        """
        s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))
        next._domainkey TXT \(ExampleKey.record())
        """),
      .passes(
        "it signs no more",
        expecting: .keys(
          ExpectedSelector("s", .retiring(since: .exampleDay(-1))), ExpectedSelector("n", .signing)),
        """
        s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))
        n._domainkey TXT \(ExampleKey.record())
        """),
      .passes("2048 bits", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "512 bits are dkim.rsa-too-short", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa512))"),
    ]
  ) { selector, facts in
    let advice = facts.expected.flatMap { selector.advice(among: $0.selectors) }
    return selector.faults(.medium) { kind in
      guard case .rsaBelow2048 = kind else { return nil }
      return "\(own: kind.description)" + (advice.map { " " + $0 } ?? "")
    }
  }
}

extension DKIMSelector {
  /// The next step of a rotation that has begun.
  fileprivate func advice(among selectors: [ExpectedSelector]) -> Message? {
    guard use == .given else { return nil }
    let strong = selectors.filter { $0.isStrongRSA == true }
    func label(_ state: ExpectedSelector.State) -> String? { strong.first { $0.state == state }?.label }
    if let other = label(.signing) {
      return "\(foreign: other) signs too, with a longer key: let the signer stop using this one."
    }
    if let next = label(.published) { return "Let the signer use \(foreign: next), which has a longer key." }
    if let next = label(.planned) { return "Publish the key of \(foreign: next), which is longer." }
    return nil
  }
}
