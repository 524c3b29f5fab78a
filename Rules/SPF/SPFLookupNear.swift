import SPF
package import Verdict

extension Rule {
  package static let spfLookupNear = Rule(
    "spf.lookup-near",
    "SPF needs almost as many look-ups as it may",
    about: SPFTree.self,
    severity: .low,
    why: "Whenever a service adds an include to its record, this one may become a permanent error.",
    fix: """
      Remove includes that are no longer used; replace `a`, `mx` and small includes by `ip4` and `ip6`, \
      which cost nothing.
      """,
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags("eight", at: ["example.com."], "@ TXT \"v=spf1 \(lookups(8)) -all\"\nw A 192.0.2.1"),
      .flags("ten", at: ["example.com."], "@ TXT \"v=spf1 \(lookups(10)) -all\"\nw A 192.0.2.1"),
      .passes("seven", "@ TXT \"v=spf1 \(lookups(7)) -all\"\nw A 192.0.2.1"),
      .passes("eleven are spf.lookup-limit", "@ TXT \"v=spf1 \(lookups(11)) -all\"\nw A 192.0.2.1"),
    ]
  ) { tree, facts in
    // Two services with one include more each would reach the limit.
    let near = SPFLimits.lookups - 2
    guard (near...SPFLimits.lookups).contains(tree.lookups), let answer = facts.texts else { return [] }
    return [
      Fault(
        in: answer,
        "The whole evaluation takes \(tree.lookups) look-ups; \(SPFLimits.lookups) are allowed.",
        observed: tree.costs, expected: "less than \(near)")
    ]
  }

  /// Each with a prefix length of its own, so that no term stands twice.
  private static func lookups(_ count: Int) -> String {
    (1...count).map { "a:w.example.com/\(33 - $0)" }.joined(separator: " ")
  }
}
