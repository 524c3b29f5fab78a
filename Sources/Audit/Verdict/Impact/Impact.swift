package import DNSData
import Evidence
package import SPF

/// What proposed zones would do to one domain: the world as it would be, beside the world as it is. A pure function of
/// what was seen in both.
package struct Impact: Sendable {
  /// One of the two worlds: what was seen there, and how that is judged.
  package struct World: Sendable {
    package let facts: Facts
    package let scorecard: Scorecard
    /// What SPF of the domain says of `Impact.senders`.
    package let spf: [IPAddress: SPFVerdict]

    package init(_ facts: Facts, _ scorecard: Scorecard, spf: [IPAddress: SPFVerdict]) {
      self.facts = facts
      self.scorecard = scorecard
      self.spf = spf
    }
  }

  package let current: Scorecard
  package let proposed: Scorecard
  /// Worst first.
  package let consequences: [Consequence]
  /// Every finding of either world; worst first.
  package let findings: [FindingChange]
  /// What can be compared only in part; worst first.
  package let untold: [Untold]

  /// Judged by the same rules in both worlds.
  package init(from current: World, to proposed: World) {
    self.current = current.scorecard
    self.proposed = proposed.scorecard
    consequences = ConsequenceSurvey(from: current, to: proposed).consequences
    let touched = TouchedTopics(current.facts.snapshot, proposed.facts.snapshot)
    let after = Dictionary(
      proposed.scorecard.results.map { ($0.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
    let comparisons = current.scorecard.results.compactMap { before in
      after[before.rule.id].map {
        RuleComparison(from: before, to: $0, isTouched: touched.contains(before.rule.topic))
      }
    }
    findings = comparisons.flatMap(\.findings).sorted { $0.severity > $1.severity }
    untold = comparisons.compactMap(\.untold).sorted { $0.severity > $1.severity }
  }

  /// Addresses that send in either world, and those of the hosts that would be asked for mail: whether SPF passes them
  /// is looked at in both.
  package static func senders(_ current: Facts, _ proposed: Facts) -> [IPAddress] {
    let addresses =
      current.senders.map(\.address) + proposed.senders.map(\.address)
      + proposed.ownExchangerAddresses.map(\.address)
    return Set(addresses).sorted()
  }

  package var domain: Name { proposed.domain }
  package var worse: [FindingChange] { findings.filter { $0.direction == .worse } }
  package var better: [FindingChange] { findings.filter { $0.direction == .better } }
  /// Found in both worlds.
  package var standing: [FindingChange] { findings.filter { $0.direction == .same } }
  package var losses: [Consequence] { consequences.filter { $0.kind.effect == .loss } }

  /// Why checks were tested in neither world, each reason once.
  package var untested: [NotTested: Int] {
    let before = Dictionary(
      current.results.map { ($0.rule.id, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    let results = proposed.results.filter { $0.outcome == .notTested && before[$0.rule.id] == .notTested }
    return results.reduce(into: [:]) { counts, result in
      for reason in Set(result.gaps.compactMap(\.untestedFor)) { counts[reason, default: 0] += 1 }
    }
  }

  /// Fails for what gets worse, and for nothing that is as it was.
  package func exitStatus(failOn limit: Severity) -> ExitStatus {
    if worse.contains(where: { $0.severity >= limit }) || losses.contains(where: { $0.severity >= limit }) {
      return .findings
    }
    if untold.contains(where: { $0.severity >= limit }) { return .unknown }
    // Where nothing at all could be judged, silence is no good news.
    return proposed.score.judged == 0 ? .unknown : .fine
  }
}

extension Gap {
  var untestedFor: NotTested? {
    if case .notTested(let reason) = reason { reason } else { nil }
  }
}
