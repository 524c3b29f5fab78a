import DNSData
import Verdict

/// What proposed zones would do, for people: for each domain its consequences, what gets worse and what better, then
/// what could not be told, worst first; the verdict at the end. Fits 80 columns.
package struct GateReport {
  private let result: GateResult

  package init(_ result: GateResult) { self.result = result }

  package var text: String {
    (result.worstFirst.map(section)
      + [untested, Layout.paragraph(result.sentence, indent: 0)].compactMap(\.self))
      .joined(separator: "\n\n") + "\n"
  }

  private func section(_ domain: GateResult.Domain) -> String {
    let impact = domain.impact
    var blocks = [
      consequences(impact.consequences), findings("Worse", impact.worse), findings("Better", impact.better),
      doubts(GateDoubts(impact.untold)),
    ]
    switch result.standard {
    case .difference: break
    case .absolute: blocks.append(findings("As it is now", impact.standing))
    }
    return ([head(domain)] + blocks.compactMap(\.self)).joined(separator: "\n\n")
  }

  // MARK: - Head

  private func head(_ domain: GateResult.Domain) -> String {
    let impact = domain.impact
    let counts =
      "\(impact.worse.count) worse, \(impact.better.count) better, \(impact.standing.count) as before"
    let scores =
      "\(impact.proposed.score.sentence) (as it is now: \(impact.current.score.sentence))"
    let lines = [
      Layout.ends(domain.displayName, result.verdict(of: domain)),
      impact.roles.map { Layout.paragraph($0, label: "Role", indent: 10) },
      Layout.paragraph(scores, label: "Score", indent: 10),
      Layout.paragraph(counts, label: "Findings", indent: 10),
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  // MARK: - What differs

  private func consequences(_ consequences: [Consequence]) -> String? {
    let lines = consequences.map {
      Layout.paragraph($0.kind.sentence, label: "  " + $0.label, indent: 12)
    }
    return lines.isEmpty ? nil : (["Consequences"] + lines).joined(separator: "\n")
  }

  private func findings(_ title: String, _ changes: [FindingChange]) -> String? {
    let lines = changes.flatMap { change in
      FindingText.head(change.rule, change.severity, change.formerly.map { "  " + $0 } ?? "")
        + (change.fault.map(FindingText.fault) ?? [])
        + (change.remedy.map { [FindingText.field("fix", $0)] } ?? [])
    }
    return lines.isEmpty ? nil : ([title] + lines).joined(separator: "\n")
  }

  // MARK: - What is not known

  private func doubts(_ doubts: GateDoubts) -> String? {
    var lines = doubts.findings.flatMap { untold, causes in
      FindingText.head(untold.rule, untold.severity) + untold.faults.flatMap(FindingText.fault)
        + causes.map { FindingText.field("cause", $0) }
    }
    for (causes, severity, rules) in doubts.stops {
      lines += causes.enumerated().map { index, cause in
        Layout.paragraph(cause, label: index == 0 ? "  " + severity.word : "", indent: 12)
      }
      lines.append(Layout.paragraph(GateDoubts.sentence(stopping: rules), indent: 12))
    }
    return lines.isEmpty ? nil : (["Could not tell"] + lines).joined(separator: "\n")
  }

  private var untested: String? {
    let lines = result.untested.map { Layout.paragraph($0, label: "  -", indent: 4) }
    return lines.isEmpty ? nil : (["Tested in neither world"] + lines).joined(separator: "\n")
  }
}
