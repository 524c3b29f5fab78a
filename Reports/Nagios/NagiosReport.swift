package import Verdict

/// One line for Nagios, Icinga and what else runs their plugins, with performance data, and below it a line for each
/// finding (Nagios Plugin Development Guidelines). Findings at or above the limit are critical, those of medium severity
/// or worse below it a warning.
package struct NagiosReport {
  /// The exit status of plugins.
  package enum State: Int32, Sendable {
    case ok = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    fileprivate var word: String {
      switch self {
      case .ok: "OK"
      case .warning: "WARNING"
      case .critical: "CRITICAL"
      case .unknown: "UNKNOWN"
      }
    }

    /// What is unknown may be worse than a warning.
    fileprivate var rank: Int {
      switch self {
      case .ok: 0
      case .warning: 1
      case .unknown: 2
      case .critical: 3
      }
    }
  }

  /// Nagios keeps 8 KiB of what a plugin writes.
  private static let maximumLength = 8000  // octets
  private static let leastWarning = Severity.medium

  package let state: State
  private let results: [AuditResult]
  private let limits: Limits

  /// `count` is the number of domains that were to be audited.
  package init(_ results: [AuditResult], _ limits: Limits, of count: Int) {
    self.results = results
    self.limits = limits
    let states =
      results.map { Self.state(of: $0.scorecard, limits) } + (results.count < count ? [.unknown] : [])
    state = states.max { $0.rank < $1.rank } ?? .unknown
  }

  private static func state(of scorecard: Scorecard, _ limits: Limits) -> State {
    switch scorecard.exitStatus(limits) {
    case .findings, .usage: .critical
    case .unknown: .unknown
    case .fine: scorecard.failed.contains { $0.severity >= leastWarning } ? .warning : .ok
    }
  }

  /// For what stops the program before there is a verdict; Nagios reads the usual 2 as critical.
  package static func unknown(_ sentence: String) -> String {
    "MAILAUDIT UNKNOWN - \(plain(sentence))\n"
  }

  package var text: String {
    var text = "MAILAUDIT \(state.word) - \(Self.plain(summary))|\(performance)\n"
    for (index, line) in lines.enumerated() {
      guard text.utf8.count + line.utf8.count < Self.maximumLength else {
        return text + "and \(lines.count - index) more\n"
      }
      text += line + "\n"
    }
    return text
  }

  private var summary: String {
    if results.count == 1, let result = results.first {
      return "\(result.scorecard.domain.display): \(counts), \(Self.score(result.scorecard.score))"
    }
    let sick = results.filter { Self.state(of: $0.scorecard, limits) == .critical }
    let worst = lowestScore.map { ", lowest score \($0)" } ?? ""
    let names = sick.prefix(3).map(\.scorecard.domain.display).joined(separator: ", ")
    return "\(results.count) domains, \(sick.count) with findings at or above the limit"
      + (sick.isEmpty ? "" : " (\(names)\(sick.count > 3 ? ", ..." : ""))") + ": \(counts)\(worst)"
  }

  private static func score(_ score: Score) -> String {
    score.value.map { "score \($0)" + (score.grade.map { " grade \($0)" } ?? "") } ?? "no score"
  }

  private var counts: String {
    let failed = Severity.allCases.map { ($0.word, count($0)) }.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return (failed.isEmpty ? "no findings" : failed.joined(separator: ", "))
      + (unknown > 0 ? ", \(unknown) unknown" : "")
  }

  private func count(_ severity: Severity) -> Int {
    results.reduce(0) { $0 + $1.scorecard.failedCount(severity) }
  }

  private var unknown: Int { results.reduce(0) { $0 + $1.scorecard.score.unknown } }
  private var lowestScore: Int? { results.compactMap(\.scorecard.score.value).min() }

  /// `label=value;warning;critical;least;most`, where a range is what is well.
  private var performance: String {
    let least = limits.minimumScore.map { "\($0):" } ?? ""
    let severities = Severity.allCases.map { severity in
      let warning = severity >= Self.leastWarning && !limits.reach(severity) ? "0" : ""
      return "\(severity.word)=\(count(severity));\(warning);\(limits.reach(severity) ? "0" : "");0"
    }
    return
      (["score=\(lowestScore.map(String.init) ?? "U");;\(least);0;100"] + severities
      + ["unknown=\(unknown);;;0", "domains=\(results.count);;;0"]).joined(separator: " ")
  }

  private var lines: [String] {
    results.flatMap { result in
      let domain = result.scorecard.domain.display
      let findings = result.scorecard.failed.worstFirst.filter {
        $0.severity >= Self.leastWarning || limits.areMissed(by: $0)
      }
      return findings.map { finding in
        let what = finding.faults.first?.message.plain ?? finding.rule.title
        return Self.plain("\(finding.severity.word) \(domain) \(finding.rule.id): \(what)")
      }
        + result.scorecard.results.filter(limits.areInDoubt).flatMap { doubtful in
          doubtful.unknownGaps.prefix(1).map { gap in
            Self.plain("unknown \(domain) \(doubtful.rule.id): \(gap.place.sentence): \(gap.sentence)")
          }
        }
    }
  }

  /// One line of ASCII; a vertical bar would begin performance data.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "|": "/"
          case " "..."~": scalar
          default: scalar.isASCII ? " " : "?"
          }
        }))
  }
}
