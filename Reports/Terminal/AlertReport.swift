package import Verdict

/// What is at or above the limit and nothing else, short enough for a mail: the first line would do for its subject.
package struct AlertReport: Sendable {
  private struct Section: Sendable {
    let domain: String
    let status: ExitStatus
    let urgency: Urgency
    let text: String
  }

  private let limits: Limits
  private var sections: [Section] = []

  package init(_ limits: Limits) { self.limits = limits }

  package mutating func add(_ result: AuditResult) {
    let scorecard = result.scorecard
    let results = scorecard.results
    let findings = scorecard.failed.worstFirst.filter(limits.areMissed)
    let status = scorecard.exitStatus(limits)
    let score = scorecard.score
    let verdict =
      score.value.map { "score \($0) of 100" + (score.grade.map { ", grade \($0)" } ?? "") } ?? "no score"
    let blocks =
      findings.map(finding) + [low(score), doubt(results), untested(results)].compactMap(\.self)
    sections.append(
      Section(
        domain: result.displayName, status: status, urgency: Urgency(result, status),
        text: ([Layout.ends(result.displayName, verdict)] + blocks).joined(separator: "\n")))
  }

  package var isEmpty: Bool { sections.isEmpty }

  /// `count` is the number of domains that were to be audited.
  package func text(of count: Int) -> String {
    let sections = sections.sorted { $0.urgency < $1.urgency }
    let more = "Without --quiet the same command shows everything."
    return ([subject(of: count)] + sections.map(\.text) + [more]).joined(separator: "\n\n") + "\n"
  }

  private static let namedDomains = 3

  private func subject(of count: Int) -> String {
    let findings = sections.filter { $0.status == .findings }
    let unknown = sections.count - findings.count
    if count == 1, let section = sections.first {
      return "mailaudit: \(section.domain) "
        + (findings.isEmpty ? "could not be judged in full" : "has findings at or above the limit")
    }
    let names = findings.prefix(Self.namedDomains).map(\.domain).sorted().joined(separator: ", ")
    let rest = findings.count > Self.namedDomains ? ", …" : ""
    let told =
      findings.isEmpty ? "no findings" : "findings for \(findings.count) of \(count) domains: \(names)\(rest)"
    return "mailaudit: \(told)" + (unknown > 0 ? "; \(unknown) could not be judged in full" : "")
  }

  private func finding(_ result: RuleResult) -> String {
    let faults = result.faults.filter { limits.reach(result.severity(of: $0)) }
    let head = Layout.paragraph(
      "\(result.rule.title) (\(result.rule.id))", label: "  " + result.severity.word, indent: 12)
    return ([head] + faults.map { field("what", $0.message.plain) } + [field("fix", result.rule.fix)])
      .joined(separator: "\n")
  }

  private func field(_ label: String, _ text: String) -> String {
    Layout.paragraph(text, label: "    " + label, indent: 12)
  }

  private func low(_ score: Score) -> String? {
    guard let value = score.value else {
      return Layout.paragraph("Nothing could be judged.", label: "  score", indent: 12)
    }
    guard let minimum = limits.minimumScore, value < minimum else { return nil }
    return Layout.paragraph("It is to be at least \(minimum).", label: "  score", indent: 12)
  }

  /// With one cause, so that the lines stay few.
  private func doubt(_ results: [RuleResult]) -> String? {
    let doubtful = results.filter(limits.areInDoubt)
    guard let gap = doubtful.first?.unknownGaps.first else { return nil }
    return Layout.paragraph(
      "\(Self.checks(doubtful)) could not be told, the first because of \(gap.place.sentence): \(gap.sentence).",
      label: "  unknown", indent: 12)
  }

  private func untested(_ results: [RuleResult]) -> String? {
    guard limits.requiresCompleteness == .required else { return nil }
    let untested = results.filter { $0.outcome == .notTested && limits.reach($0.severity) }
    return untested.isEmpty
      ? nil
      : Layout.paragraph("\(Self.checks(untested)) could not be tested.", label: "  untested", indent: 12)
  }

  private static func checks(_ results: [RuleResult]) -> String {
    results.count == 1 ? "1 check" : "\(results.count) checks"
  }
}
