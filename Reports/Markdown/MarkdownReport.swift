import ChangePlan
package import Verdict

/// The report for a comment on a change: a table of the domains, the most urgent on top, and below it the findings of
/// each with the records to paste. What does not fit a comment of GitHub is left out, and that is said.
package struct MarkdownReport {
  package static let maximumLength = 65_536  // octets; GitHub counts characters

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
    var page = Page()
    page.add(head)
    page.add(Self.tableHead)
    // A long table leaves half of the page to the findings.
    for (result, _) in results where !page.add(row(result), upTo: Self.maximumLength / 2) {
      page.rowsLeftOut += 1
    }
    page.add("\n")
    for (result, status) in results { add(result, status, to: &page) }
    return page.text + page.confession
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

  // MARK: - One domain

  private func add(_ result: AuditResult, _ status: ExitStatus, to page: inout Page) {
    let findings = result.scorecard.failedByWeight
    let doubts = doubts(result.scorecard)
    guard !findings.isEmpty || doubts != nil else { return }
    let isOpen = status != .fine && results.count == 1
    let count = findings.count == 1 ? "1 finding" : "\(findings.count) findings"
    let summary = "\(MarkdownText.code(result.displayName)): \(count)"
    let opening = "<details\(isOpen ? " open" : "")><summary>\(summary)</summary>\n\n"
    let closing = "</details>\n\n"
    guard page.add(opening, with: closing) else {
      page.findingsLeftOut += findings.count
      return
    }
    for finding in findings where !page.add(self.finding(finding), with: closing) {
      page.findingsLeftOut += 1
    }
    if let doubts, !page.add(doubts, with: closing) { page.doubtsLeftOut += 1 }
    if !result.changes.changes.isEmpty {
      let records = "Records to paste:\n\n\(MarkdownText.fence(ZoneReport(result.changes).text))\n"
      if !page.add(records, with: closing) { page.recordsLeftOut += 1 }
    }
    page.close(closing)
  }

  private func finding(_ result: RuleResult) -> String {
    let points = result.points > 0 ? ", worth +\(result.points)" : ""
    let head =
      "**\(result.severity.word)** \(MarkdownText.inline(result.rule.title)) (\(MarkdownText.code(result.rule.id))\(points))\n\n"
    let references = result.rule.references.map { MarkdownText.inline($0.text) }.joined(separator: ", ")
    let lines =
      result.faults.flatMap(lines) + [
        field("why", MarkdownText.inline(result.rule.why)),
        field("fix", MarkdownText.inline(result.rule.fix)),
        field("see", references),
      ]
    return head + lines.joined() + "\n"
  }

  private func lines(_ fault: Fault) -> [String] {
    [
      field("what", inline(fault.message)),
      field(
        "where",
        "\(MarkdownText.code(fault.place.sentence)), says \(MarkdownText.code(fault.source.sentence))"),
      fault.observed.map { field("is", inline($0)) }, fault.expected.map { field("should", inline($0)) },
    ].compactMap(\.self)
  }

  private func field(_ label: String, _ text: String) -> String { "- \(label): \(text)\n" }

  private func inline(_ message: Message) -> String {
    message.fragments.map { fragment in
      switch fragment {
      case .own(let text): MarkdownText.inline(text)
      case .foreign(let octets): MarkdownText.code(Printable.text(octets))
      }
    }.joined()
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

/// A text that stays below the limit, and what did not fit.
private struct Page {
  private(set) var text = ""
  private var length = 0
  var rowsLeftOut = 0
  var findingsLeftOut = 0
  var doubtsLeftOut = 0
  var recordsLeftOut = 0

  /// For `confession`.
  private static let reserve = 400  // octets

  /// False, and nothing is added, if it does not fit together with `closing`.
  @discardableResult
  mutating func add(
    _ part: String, with closing: String = "", upTo limit: Int = MarkdownReport.maximumLength - reserve
  ) -> Bool {
    guard length + part.utf8.count + closing.utf8.count <= limit else { return false }
    close(part)
    return true
  }

  /// Room for it was kept.
  mutating func close(_ part: String) {
    text += part
    length += part.utf8.count
  }

  var confession: String {
    let parts = [
      (rowsLeftOut, "row of the table", "rows of the table"), (findingsLeftOut, "finding", "findings"),
      (doubtsLeftOut, "list of what could not be told", "lists of what could not be told"),
      (recordsLeftOut, "block of records to paste", "blocks of records to paste"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    guard !parts.isEmpty else { return "" }
    return "Left out here, because a comment holds 65,536 characters: \(parts.joined(separator: ", ")).\n"
  }
}
