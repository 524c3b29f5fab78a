import Verdict

/// A topic of which something could be judged.
struct TopicSummary {
  let topic: Topic
  let results: [RuleResult]
  /// Worst first.
  let failed: [RuleResult]
  let passed: [RuleResult]
  /// The score, or how much of it could be judged.
  let share: String

  /// nil where nothing was judged.
  init?(_ topic: Topic, in scorecard: Scorecard) {
    let results = scorecard.results.filter { $0.rule.topic == topic }
    failed = results.filter { $0.outcome == .failed }.worstFirst
    passed = results.filter { $0.outcome == .passed }
    let judged = failed.count + passed.count
    guard judged > 0 else { return nil }
    let open = results.count { $0.outcome == .unknown || $0.outcome == .notTested }
    share =
      open == 0
      ? scorecard.score.topics[topic].map { "\($0) of 100" } ?? ""
      : "\(judged) of \(judged + open) checks judged"
    self.topic = topic
    self.results = results
  }
}

extension [RuleResult] {
  var worstFirst: [RuleResult] {
    sorted { ($0.severity, $0.points) > ($1.severity, $1.points) }
  }
}
