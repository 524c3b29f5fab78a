import Verdict

/// Which of many domains wants to be looked at first: those with findings at or above the limit, then those of which it
/// could not be told, each by score.
struct Urgency: Comparable, Sendable {
  private let rank: Int
  private let score: Int
  private let domain: String

  init(_ result: AuditResult, _ status: ExitStatus) {
    rank =
      switch status {
      case .usage, .findings: 0
      case .unknown: 1
      case .fine: 2
      }
    score = result.scorecard.score.value ?? -1
    domain = result.displayName
  }

  static func < (left: Urgency, right: Urgency) -> Bool {
    (left.rank, left.score, left.domain) < (right.rank, right.score, right.domain)
  }
}

extension Scorecard {
  var failed: [RuleResult] { results.filter { $0.outcome == .failed } }

  func failedCount(_ severity: Severity) -> Int { failed.count { $0.severity == severity } }
}
