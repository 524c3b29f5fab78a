import DNSData
import Evidence
import Verdict

/// What reports for people say of an audit as a whole, in words.
struct AuditSentences {
  private let scorecard: Scorecard
  private let snapshot: Snapshot
  private let displayName: String
  private let basis: Basis
  let machine: MachineSentences

  init(_ result: AuditResult) {
    scorecard = result.scorecard
    snapshot = result.snapshot
    displayName = result.displayName
    basis = result.basis
    machine = MachineSentences(result.snapshot)
  }

  /// Worst first.
  var failed: [RuleResult] { scorecard.failed.worstFirst }

  var verdict: String {
    let score = scorecard.score
    return score.value.map { value in
      "score \(value) of 100, " + (score.grade.map { "grade \($0)" } ?? "no grade: too little judged")
    } ?? "no score"
  }

  /// How many checks came out in which way.
  var counts: [String] {
    let score = scorecard.score
    let failed = scorecard.failed.count
    let waived = scorecard.results.count { $0.outcome == .waived }
    return [
      "\(failed) failed", "\(score.judged - failed) passed",
      score.unknown > 0 ? "\(score.unknown) unknown" : nil,
      score.notTested > 0 ? "\(score.notTested) not tested" : nil,
      waived > 0 ? "\(waived) waived" : nil,
    ].compactMap(\.self)
  }

  var coverage: String { "\(scorecard.score.coverage) % of the weight could be judged" }

  /// How much was asked, and of whom.
  var asked: String {
    let rounds = snapshot.rounds == 1 ? "1 round" : "\(snapshot.rounds) rounds"
    return "\(snapshot.answers.count) questions in \(rounds), " + sources
      + (authorities.map { "; \($0)" } ?? "")
  }

  /// The name servers of the own zones that were asked directly.
  private var authorities: String? {
    let zones = snapshot.zones.filter { !$0.addresses.isEmpty }
    let servers = Set(zones.flatMap(\.addresses))
    let count = snapshot.serverAnswers.count { servers.contains($0.question.server) }
    guard count > 0 else { return nil }
    let names = zones.map { $0.zone.display }.joined(separator: ", ")
    return "\(count) of the \(servers.count) addresses of the name servers of \(names)"
  }

  /// What it was judged by, where that is not the usual.
  var judgement: String? {
    guard basis != .standard else { return nil }
    let words = ["with profile \(basis.profile)", basis.expected.map { "as \($0) expects" }]
    return Printable.text(Array(words.compactMap(\.self).joined(separator: ", ").utf8))
  }

  /// One sentence where not a single question was answered: then the fault is likely here, not at the domain.
  var silence: String? {
    let failures = Set(snapshot.answers.map(\.failure))
    guard !failures.isEmpty, !failures.contains(nil) else { return nil }
    return snapshot.environment.isOffline
      ? "Nothing could be learnt: no zone file holds anything for \(displayName)."
      : "Nothing could be learnt: not one question was answered. Look at the network, and at the resolver "
        + "(--resolver)."
  }

  private var sources: String {
    let files = snapshot.environment.zoneFiles.map { Printable.text(Array($0.utf8)) }
    let resolvers = snapshot.environment.resolvers.map(\.description)
    return switch (files.isEmpty, resolvers.isEmpty) {
    case (true, true): "of nobody"
    case (false, true): "offline, of \(files.joined(separator: ", "))"
    case (true, false): "of \(resolvers.joined(separator: ", "))"
    case (false, false): "of \(files.joined(separator: ", ")) laid over \(resolvers.joined(separator: ", "))"
    }
  }
}
