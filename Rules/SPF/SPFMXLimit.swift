import SPF
package import Verdict

extension Rule {
  package static let spfMXLimit = Rule(
    "spf.mx-limit",
    "An mx term stands for more than ten MX hosts",
    about: SPFTree.self,
    severity: .high,
    why: "Receivers look up at most ten MX hosts for one `mx` term; an eleventh is a permanent error.",
    fix: "Name the sending addresses with `ip4` and `ip6` instead of `mx`.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "eleven hosts", at: ["example.com."],
        "@ TXT \"v=spf1 mx -all\"\n"
          + (1...11).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
      .passes(
        "ten hosts",
        "@ TXT \"v=spf1 mx -all\"\n"
          + (1...10).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
    ]
  ) { tree, facts in
    tree.nodes.flatMap { node in
      node.terms.filter { $0.exchangers.count > SPFLimits.exchangers }.compactMap { surveyed in
        facts.snapshot.answer(node.domain, .txt).map { answer in
          Fault(
            in: answer,
            "The term \(foreign: surveyed.term.text) stands for \(surveyed.exchangers.count) MX hosts.",
            expected: "at most \(SPFLimits.exchangers)")
        }
      }
    }
  }
}
