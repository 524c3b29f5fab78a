package import Verdict

/// Many domains in one table, the most urgent on top.
package struct AuditSummary: Sendable {
  private struct Row: Sendable {
    let domain: String
    let status: ExitStatus
    let score: Score
    let failed: Int
    let urgency: Urgency
  }

  private let limits: Limits
  private var rows: [Row] = []

  package init(_ limits: Limits) { self.limits = limits }

  package var count: Int { rows.count }

  package mutating func add(_ result: AuditResult) {
    let scorecard = result.scorecard
    let status = scorecard.exitStatus(limits)
    rows.append(
      Row(
        domain: result.displayName, status: status, score: scorecard.score,
        failed: scorecard.failed.count, urgency: Urgency(result, status)))
  }

  /// The domain stands last, where its length moves nothing.
  package var text: String {
    let findings = rows.count { $0.status == .findings }
    let unknown = rows.count { $0.status == .unknown }
    let title =
      "\(rows.count) domains: \(findings) with findings at or above the limit, \(unknown) that could not be told"
    let head = Self.line("score", "grade", "failed", "unknown", "not tested", "domain")
    let lines = rows.sorted { $0.urgency < $1.urgency }.map { row in
      Self.line(
        row.score.value.map(String.init) ?? "-", row.score.grade ?? "-", "\(row.failed)",
        "\(row.score.unknown)", "\(row.score.notTested)", row.domain)
    }
    return ([Layout.paragraph(title, indent: 0), head] + lines).joined(separator: "\n") + "\n"
  }

  private static func line(
    _ score: String, _ grade: String, _ failed: String, _ unknown: String, _ notTested: String,
    _ domain: String
  ) -> String {
    zip([score, grade, failed, unknown, notTested], [5, 7, 8, 9, 12]).map { text, width in
      String(repeating: " ", count: max(0, width - text.count)) + text
    }.joined() + "  " + domain
  }
}
