import DNSData
import Verdict

/// What proposed zones would do, for people: for each domain its consequences, what gets worse and what better, then
/// what could not be told, worst first; the verdict at the end. Fits 80 columns.
package struct GateReport {
  private let result: GateResult

  package init(_ result: GateResult) { self.result = result }

  package var text: String {
    let worstFirst = result.domains.sorted { result.exitStatus(of: $0) > result.exitStatus(of: $1) }
    return
      (worstFirst.map(section)
      + [untested, Layout.paragraph(result.sentence, indent: 0)].compactMap(\.self))
      .joined(separator: "\n\n") + "\n"
  }

  private func section(_ domain: GateResult.Domain) -> String {
    let impact = domain.impact
    var blocks = [
      consequences(impact.consequences), findings("Worse", impact.worse), findings("Better", impact.better),
      untold(impact.untold),
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
    let word =
      switch impact.exitStatus(failOn: result.limits.failOn) {
      case .findings: "it gets worse"
      case .unknown, .usage: "could not be told"
      case .fine: impact.worse.isEmpty && impact.losses.isEmpty ? "nothing gets worse" : "below the limit"
      }
    let counts =
      "\(impact.worse.count) worse, \(impact.better.count) better, \(impact.standing.count) as before"
    let (before, after) = (impact.current.role, impact.proposed.role)
    let lines = [
      Layout.ends(domain.displayName, word),
      before == after
        ? nil
        : Layout.paragraph("\(after.sentence) (as it is now: \(before.sentence))", label: "Role", indent: 10),
      Layout.paragraph(
        "\(score(impact.proposed.score)) (as it is now: \(score(impact.current.score)))", label: "Score",
        indent: 10),
      Layout.paragraph(counts, label: "Findings", indent: 10),
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private func score(_ score: Score) -> String {
    guard let value = score.value else { return "none" }
    return "\(value) of 100" + (score.grade.map { ", grade \($0)" } ?? "")
  }

  // MARK: - What differs

  private func consequences(_ consequences: [Consequence]) -> String? {
    let lines = consequences.map { consequence in
      let label =
        switch consequence.kind.effect {
        case .loss: consequence.severity.word
        case .gain: "good"
        }
      return Layout.paragraph(consequence.kind.sentence, label: "  " + label, indent: 12)
    }
    return lines.isEmpty ? nil : (["Consequences"] + lines).joined(separator: "\n")
  }

  private func findings(_ title: String, _ changes: [FindingChange]) -> String? {
    let lines = changes.flatMap { change -> [String] in
      let head = FindingText.head(change.rule, change.severity, note(change))
      let fault = (change.after ?? change.before).map(FindingText.fault) ?? []
      switch change.direction {
      case .worse, .same: return head + fault + [FindingText.field("fix", change.rule.fix)]
      case .better, .ended: return head + fault
      }
    }
    return lines.isEmpty ? nil : ([title] + lines).joined(separator: "\n")
  }

  private func note(_ change: FindingChange) -> String {
    switch (change.severityBefore, change.severityAfter) {
    case (let before?, let after?) where before != after: "  \(before.word) as it is now"
    default: ""
    }
  }

  // MARK: - What is not known

  /// One cause leaves many checks open: it is named once, with all that it stopped.
  private func untold(_ untold: [Untold]) -> String? {
    var lines = untold.filter { !$0.faults.isEmpty }.flatMap { item in
      FindingText.head(item.rule, item.severity) + item.faults.flatMap(FindingText.fault)
        + causes(item.gaps).map { FindingText.field("cause", $0) }
    }
    var groups: [(causes: [String], severity: Severity, stopped: [String])] = []
    for item in untold where item.faults.isEmpty {
      let causes = causes(item.gaps)
      if let index = groups.firstIndex(where: { $0.causes == causes }) {
        groups[index].stopped.append(item.rule.id)
      } else {
        groups.append((causes, item.severity, [item.rule.id]))
      }
    }
    for group in groups {
      let shown = group.stopped.prefix(4).joined(separator: ", ")
      let more = group.stopped.count > 4 ? " and \(group.stopped.count - 4) more" : ""
      lines += group.causes.enumerated().map { index, cause in
        Layout.paragraph(cause, label: index == 0 ? "  " + group.severity.word : "", indent: 12)
      }
      lines.append(Layout.paragraph("Stops \(shown)\(more).", indent: 12))
    }
    return lines.isEmpty ? nil : (["Could not tell"] + lines).joined(separator: "\n")
  }

  /// Each once.
  private func causes(_ gaps: [Gap]) -> [String] {
    gaps.reduce(into: []) { sentences, gap in
      var sentence = "\(gap.place.sentence): \(gap.sentence)."
      if case .notTested(let reason) = gap.reason { sentence += " To test: \(reason.remedy)." }
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
  }

  /// Of all domains together: most reasons are the same for each.
  private var untested: String? {
    let counts = result.domains.reduce(into: [NotTested: Int]()) {
      $0.merge($1.impact.untested, uniquingKeysWith: +)
    }
    let lines = counts.map { reason, count in
      Layout.paragraph(
        "\(count) \(count == 1 ? "check" : "checks"): \(reason.sentence)\(reason.note). To test: "
          + "\(reason.remedy).",
        label: "  -", indent: 4)
    }
    return lines.isEmpty ? nil : (["Tested in neither world"] + lines.sorted()).joined(separator: "\n")
  }
}

extension NotTested {
  /// What else a change may do, of which then nothing is known.
  fileprivate var note: String {
    self == .notProbed
      ? ", so that nothing is known of the certificates they show, and of the MTA-STS policy that senders keep"
      : ""
  }
}
