import SPF
package import Verdict

extension Rule {
  package static let spfVoidLimit = Rule(
    "spf.void-limit",
    "More than two SPF look-ups find nothing",
    about: SPFTree.self,
    severity: .high,
    why: "Receivers take the third look-up without an answer for abuse and stop with a permanent error.",
    fix: "Remove the terms whose names have no records.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "three names that do not exist", at: ["example.com."],
        #"@ TXT "v=spf1 a:x.example.com a:y.example.com mx:z.example.com ip4:192.0.2.1 -all""#),
      .passes("two", #"@ TXT "v=spf1 a:x.example.com a:y.example.com ip4:192.0.2.1 -all""#),
      .passes(
        "hosts with one family each",
        "@ TXT \"v=spf1 a:x.example.com a:y.example.com a:z.example.com -all\"\nx A 192.0.2.1\ny A 192.0.2.2\nz A 192.0.2.3"
      ),
    ]
  ) { tree, facts in
    guard tree.voids > SPFLimits.voids, let answer = facts.texts else { return [] }
    let empty = tree.nodes.flatMap(\.terms).filter(\.isVoid).map { "\(foreign: $0.term.text)" as Message }
    return [
      Fault(
        in: answer, "\(tree.voids) terms look something up and find nothing.", observed: empty.enumeration,
        expected: "at most \(SPFLimits.voids)")
    ]
  }
}
