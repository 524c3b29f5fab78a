import SPF
package import Verdict

extension Rule {
  package static let spfLookupLimit = Rule(
    "spf.lookup-limit",
    "SPF needs more than ten look-ups",
    about: SPFTree.self,
    severity: .high,
    why: """
      Receivers stop at the eleventh look-up with a permanent error. Clients that match early still \
      pass; whoever stands behind the limit does not, and forgers are not refused.
      """,
    fix: """
      Remove includes that are no longer used; replace `a`, `mx` and small includes by `ip4` and `ip6`, \
      which cost nothing; give a service a subdomain of its own.
      """,
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "eleven", at: ["example.com."],
        "@ TXT \"v=spf1 \(lookups(11)) -all\"\nw A 192.0.2.1"),
      .flags(
        "nested", at: ["example.com."],
        "@ TXT \"v=spf1 include:a.example.com include:a.example.com -all\"\na TXT \"v=spf1 \(lookups(5)) -all\"\nw A 192.0.2.1"
      ),
      .passes("ten", "@ TXT \"v=spf1 \(lookups(10)) -all\"\nw A 192.0.2.1"),
      .passes(
        "networks and all cost nothing",
        "@ TXT \"v=spf1 \((1...12).map { "ip4:192.0.2.\($0)" }.joined(separator: " ")) -all\""),
      .passes(
        "an mx costs one, however many hosts",
        "@ TXT \"v=spf1 mx \(lookups(9)) -all\"\nw A 192.0.2.1\n"
          + (1...9).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
    ]
  ) { tree, facts in
    guard tree.lookups > SPFLimits.lookups, let answer = facts.texts else { return [] }
    let atLeast = tree.limitsReached.isEmpty ? "" : "at least "
    return [
      Fault(
        in: answer,
        "The whole evaluation takes \(own: atLeast)\(tree.lookups) look-ups; \(SPFLimits.lookups) are allowed.",
        observed: tree.costs, expected: "at most \(SPFLimits.lookups)")
    ]
  }

  private static func lookups(_ count: Int) -> String {
    Array(repeating: "a:w.example.com", count: count).joined(separator: " ")
  }
}

extension SPFTree {
  /// What its dearest terms cost.
  var costs: Message {
    let most = root.terms.filter { $0.lookups > 0 }.sorted { $0.lookups > $1.lookups }.prefix(3)
    return most.map { "\(foreign: $0.term.text) costs \($0.lookups)" as Message }.enumeration
  }
}
