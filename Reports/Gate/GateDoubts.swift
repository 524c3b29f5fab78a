import Verdict

/// What could not be told of one domain. One cause leaves many checks open: it is named once, with all that it stopped.
struct GateDoubts {
  /// Findings of one world of which the other does not tell whether they stand there too.
  let findings: [(untold: Untold, causes: [String])]
  private(set) var stops: [(causes: [String], severity: Severity, rules: [String])] = []

  init(_ untold: [Untold]) {
    findings = untold.filter { !$0.faults.isEmpty }.map { ($0, Self.causes($0.gaps)) }
    for item in untold where item.faults.isEmpty {
      let causes = Self.causes(item.gaps)
      if let index = stops.firstIndex(where: { $0.causes == causes }) {
        stops[index].rules.append(item.rule.id)
      } else {
        stops.append((causes, item.severity, [item.rule.id]))
      }
    }
  }

  /// "Stops a, b, c, d and 3 more."
  static func sentence(stopping rules: [String]) -> String {
    let more = rules.count > 4 ? " and \(rules.count - 4) more" : ""
    return "Stops \(rules.prefix(4).joined(separator: ", "))\(more)."
  }

  /// Each once.
  private static func causes(_ gaps: [Gap]) -> [String] {
    gaps.reduce(into: []) { sentences, gap in
      var sentence = "\(gap.place.sentence): \(gap.sentence)."
      if case .notTested(let reason) = gap.reason { sentence += " To test: \(reason.remedy)." }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
  }
}
