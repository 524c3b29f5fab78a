import ChangePlan
package import Verdict

/// The report for a comment on a change: a table of the domains, the most urgent on top, and below it the findings of
/// each with the records to paste. What does not fit a comment of GitHub is left out, and that is said.
package struct MarkdownReport {
  private let results: [(result: AuditResult, status: ExitStatus)]
  private let limits: Limits
  private let missing: Int

  /// `count` is the number of domains that were to be audited.
  package init(_ results: [AuditResult], _ limits: Limits, of count: Int) {
    self.limits = limits
    missing = count - results.count
    self.results = results.map { ($0, $0.scorecard.exitStatus(limits)) }.sorted {
      Urgency($0.result, $0.status) < Urgency($1.result, $1.status)
    }
  }

  package var text: String {
    var page = MarkdownPage()
    page.close(head + Self.tableHead)
    // A long table leaves half of the page to the findings.
    for (result, _) in results {
      page.add(row(result), as: .row, upTo: MarkdownPage.maximumLength / 2)
    }
    page.close("\n")
    page.add(machine, as: .machine)
    for (result, status) in results { add(result, status, to: &page) }
    return page.text
  }

  // MARK: - Overview

  private var head: String {
    let sick = results.count { $0.status == .findings }
    let unknown = results.count { $0.status == .unknown }
    let subject =
      if results.count == 1, let first = results.first {
        MarkdownText.code(first.result.displayName) + ": " + Self.verdict(first.status)
      } else {
        "\(results.count) domains, \(sick) with findings at or above the limit"
          + (unknown > 0 ? ", \(unknown) that could not be told" : "")
      }
    let interrupted = missing > 0 ? "**Interrupted: \(missing) more domains were not audited.**\n\n" : ""
    return "### mailaudit: \(subject)\n\n\(interrupted)"
  }

  private static func verdict(_ status: ExitStatus) -> String {
    switch status {
    case .fine: "nothing at or above the limit"
    case .findings, .usage: "findings at or above the limit"
    case .unknown: "could not be judged in full"
    }
  }

  private static let tableHead = """
    | Domain | Score | Grade | Critical | High | Medium | Low | Info | Unknown | Not tested |
    | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

    """

  private func row(_ result: AuditResult) -> String {
    let scorecard = result.scorecard
    let score = scorecard.score
    let cells =
      [
        MarkdownText.code(result.displayName), score.value.map(String.init) ?? "none", score.grade ?? "none",
      ] + Severity.allCases.map { "\(scorecard.failedCount($0))" } + [
        "\(score.unknown)", "\(score.notTested)",
      ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  /// What stands in the way on this machine, whichever audit has shown it.
  private var machine: String {
    var lines: [String] = []
    for line in results.flatMap({ MachineSentences($0.result.snapshot).troubles }) where !lines.contains(line)
    {
      lines.append(line)
    }
    guard !lines.isEmpty else { return "" }
    return "**This machine**\n\n\(lines.map { "- \(MarkdownText.inline($0))\n" }.joined())\n"
  }

  // MARK: - One domain

  private func add(_ result: AuditResult, _ status: ExitStatus, to page: inout MarkdownPage) {
    let findings = result.scorecard.failed.worstFirst
    let doubts = doubts(result.scorecard)
    guard !findings.isEmpty || doubts != nil else { return }
    let isOpen = status != .fine && results.count == 1
    let count = findings.count == 1 ? "1 finding" : "\(findings.count) findings"
    let summary = "\(MarkdownText.code(result.displayName)): \(count)"
    let opening = "<details\(isOpen ? " open" : "")><summary>\(summary)</summary>\n\n"
    let closing = "</details>\n\n"
    guard page.add(opening, as: .finding, count: findings.count, with: closing) else { return }
    for finding in findings { page.add(self.finding(finding), as: .finding, with: closing) }
    if let doubts { page.add(doubts, as: .doubts, with: closing) }
    if !result.changes.changes.isEmpty {
      let records = "Records to paste:\n\n\(MarkdownText.fence(ZoneReport(result.changes).text))\n"
      page.add(records, as: .records, with: closing)
    }
    page.close(closing)
  }

  private func finding(_ result: RuleResult) -> String {
    let references = result.rule.references.map { MarkdownText.inline($0.text) }.joined(separator: ", ")
    let fields = [
      MarkdownFinding.field("why", MarkdownText.inline(result.rule.why)),
      MarkdownFinding.field("fix", MarkdownText.inline(result.rule.fix)),
      MarkdownFinding.field("see", references),
    ]
    return MarkdownFinding.head(
      result.rule, result.severity, result.points > 0 ? ", worth +\(result.points)" : "")
      + result.faults.map(MarkdownFinding.fault).joined() + fields.joined() + "\n"
  }

  /// One line for each cause.
  private func doubts(_ scorecard: Scorecard) -> String? {
    var order: [Gap] = []
    var stopped: [Gap: Int] = [:]
    for gap in scorecard.results.flatMap(\.unknownGaps) {
      if stopped[gap] == nil { order.append(gap) }
      stopped[gap, default: 0] += 1
    }
    guard !order.isEmpty else { return nil }
    let lines = order.map { gap in
      let checks = stopped[gap] == 1 ? "1 check" : "\(stopped[gap] ?? 0) checks"
      return
        "- \(MarkdownText.code(gap.place.sentence)): \(MarkdownText.inline(gap.sentence)) (stops \(checks))\n"
    }
    return "**Could not tell**\n\n\(lines.joined())\n"
  }
}
