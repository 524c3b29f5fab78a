package import Verdict

/// The catalogue of checks as text: a list, or one rule explained with the examples that prove it.
package enum RuleReport {
  package static func list(_ rules: [Rule]) -> String {
    let width = (rules.map(\.id.count).max() ?? 0) + 14
    return Topic.allCases.map { topic in
      let lines = rules.filter { $0.topic == topic }.sorted { ($0.severity, $1.id) > ($1.severity, $0.id) }
        .map {
          Layout.paragraph($0.title, label: "  " + $0.severity.word.padded(to: 10) + $0.id, indent: width)
        }
      return ([topic.title] + lines).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// With which layer set the severity: the rule, or a profile.
  package static func explanation(of rule: Rule, in profile: Profile) -> String {
    var lines = [
      Layout.ends(rule.id, rule.severity.word), rule.title, "",
      Layout.paragraph(rule.why, label: "why", indent: 6),
      Layout.paragraph(rule.fix, label: "fix", indent: 6),
      Layout.paragraph(rule.references.map(\.text).joined(separator: ", "), label: "see", indent: 6),
    ]
    if let adjustment = profile.adjustments[rule.id] {
      let text = "\(adjustment.weight.word), because \(adjustment.reason)"
      lines.append(
        Layout.paragraph(text, label: "in \(adjustment.layer)", indent: 6 + adjustment.layer.count))
    }
    for example in rule.examples {
      switch example.verdict {
      case .flags: lines += ["", "Flagged: \(example.title)"]
      case .passes: lines += ["", "Passed: \(example.title)"]
      }
      lines += example.zone.split(separator: "\n").map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Profile.Weight {
  fileprivate var word: String {
    switch self {
    case .severity(let severity): severity.word
    case .off: "off"
    }
  }
}
