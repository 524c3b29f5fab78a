import SPF
package import Verdict

extension Rule {
  package static let spfIncludeLoop = Rule(
    "spf.include-loop",
    "SPF records include each other in a circle",
    about: SPFTree.self,
    severity: .high,
    why: "Receivers follow the circle until the limit of ten look-ups makes it a permanent error.",
    fix: "Remove the include that leads back.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "two records", at: ["a.example.com."],
        #"""
        @ TXT "v=spf1 include:a.example.com -all"
        a TXT "v=spf1 include:example.com -all"
        """#),
      .passes(
        "the same include twice is waste, no circle",
        #"""
        @ TXT "v=spf1 include:a.example.com include:b.example.com -all"
        a TXT "v=spf1 include:b.example.com -all"
        b TXT "v=spf1 ip4:192.0.2.1 -all"
        """#),
    ]
  ) { tree, facts in tree.faults(ofLoops: .toAncestor, in: facts) }
}

extension SPFTree {
  func faults(ofLoops kind: SPFLoop, in facts: Facts) -> [Fault] {
    var faults: [Fault] = []
    for node in nodes {
      for surveyed in node.terms where surveyed.following == .loop(kind) {
        guard let answer = facts.snapshot.answer(node.domain, .txt) else { continue }
        let fault = Fault(
          in: answer,
          "The term \(foreign: surveyed.term.text) in the record of \(node.domain) leads back to a record "
            + "that is being evaluated.")
        if !faults.contains(fault) { faults.append(fault) }
      }
    }
    return faults
  }
}
