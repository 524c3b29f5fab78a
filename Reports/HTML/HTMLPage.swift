import DNSData
import Evidence
import Verdict

// What the templates take: stored properties, found by their names. Whatever came from outside is `HTMLText`.

/// The page as a whole.
struct HTMLPage {
  let policy: String
  let title: HTMLText
  let tool: HTMLText
  let started: HTMLText?
  let suffixList: HTMLText?
  /// Empty for a single domain.
  let overviews: [HTMLOverview]
  let audits: [HTMLAudit]

  init(_ results: [AuditResult], tool: String, policy: String) {
    self.policy = policy
    self.tool = HTMLText(tool)
    let first = results.first?.snapshot
    started = first.map { HTMLText($0.started.description) }
    suffixList = first.map { HTMLText($0.environment.suffixList) }
    let sorted = results.sorted { Standing($0) > Standing($1) }
    let levels = results.count == 1 ? HTMLAudit.Levels(domain: 1) : HTMLAudit.Levels(domain: 2)
    audits = sorted.enumerated().map { HTMLAudit($1, id: "d\($0 + 1)", levels: levels) }
    if results.count == 1, let only = results.first {
      title = HTMLText("Mail audit of \(only.displayName)")
      overviews = []
    } else {
      title = HTMLText("Mail audit of \(results.count) domains")
      overviews = [HTMLOverview(rows: zip(sorted, audits).map(HTMLOverview.Row.init))]
    }
  }
}

/// How bad a domain is beside others.
private struct Standing: Comparable {
  private let result: AuditResult
  private let worst: Severity?

  init(_ result: AuditResult) {
    self.result = result
    worst = AuditSentences(result).failed.first?.severity
  }

  /// A domain of which nothing could be told stands before those with nothing worse than medium.
  private var rank: Int {
    switch worst {
    case .critical: 6
    case .high: 5
    case nil where result.scorecard.score.value == nil: 4
    case .medium: 3
    case .low: 2
    case .info: 1
    case nil: 0
    }
  }

  /// Worse is greater.
  static func < (left: Standing, right: Standing) -> Bool {
    let scores = [left, right].map { 100 - ($0.result.scorecard.score.value ?? 0) }
    guard left.rank == right.rank else { return left.rank < right.rank }
    guard scores[0] == scores[1] else { return scores[0] < scores[1] }
    return right.result.scorecard.domain < left.result.scorecard.domain
  }

  static func == (left: Standing, right: Standing) -> Bool { !(left < right) && !(right < left) }
}

/// All domains in a table, worst first.
struct HTMLOverview {
  let rows: [Row]

  struct Row {
    let anchor: String
    let name: HTMLText
    let dial: HTMLDial
    let worst: Worst?
    let counts: [Count]
    let unknown: Int?
    let notTested: Int?

    init(_ result: AuditResult, _ audit: HTMLAudit) {
      let failed = AuditSentences(result).failed
      let score = result.scorecard.score
      anchor = audit.id
      name = HTMLText(result.displayName)
      dial = HTMLDial(score)
      worst = failed.first.map { Worst(word: $0.severity.word, sentence: HTMLText($0.rule.title)) }
      counts = Severity.allCases.map { severity in
        Count(number: failed.count { $0.severity == severity }, word: severity.word)
      }
      unknown = score.unknown > 0 ? score.unknown : nil
      notTested = score.notTested > 0 ? score.notTested : nil
    }
  }

  struct Worst {
    let word: String
    let sentence: HTMLText
  }

  struct Count {
    let number: Int?
    let word: String

    init(number: Int, word: String) {
      self.number = number > 0 ? number : nil
      self.word = word
    }
  }
}

/// The score as a ring with the grade in it.
struct HTMLDial {
  let value: Int?
  let grade: String?
  /// How the ring looks.
  let look: String

  init(_ score: Score) {
    value = score.value
    grade = score.grade
    look =
      switch score.grade {
      case "A", "B": "good"
      case "C": "medium"
      case .some: "critical"
      case nil: "none"
      }
  }
}
