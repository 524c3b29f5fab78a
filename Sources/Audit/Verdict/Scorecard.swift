package import DNSData

/// The verdict over one domain: every rule's outcome, the score, and what was inferred on the way.
package struct Scorecard: Sendable {
  package let domain: Name
  package let role: DomainRole
  package let results: [RuleResult]
  package let score: Score
  /// What the connections to mail servers showed.
  package let servers: ServerMatrix
  /// What senders do with mail for each MX host.
  package let delivery: DeliveryLadder
  /// Where TLSA records count as soon as they are published, because the zone is signed.
  package let signedTLSANames: Set<Name>
  /// What was fetched over HTTP.
  package let documents: DocumentList
  /// What the expected senders get from SPF; empty without an expected configuration.
  package let senders: [SenderVerdict]
  /// The expected record sets beside what is published; empty without an expected configuration.
  package let comparisons: [RecordComparison]

  /// Judges by all of `rules`, in their order.
  package init(_ facts: Facts, rules: [Rule]) {
    domain = facts.domain
    role = facts.role
    servers = ServerMatrix(facts)
    delivery = DeliveryLadder(facts)
    signedTLSANames = facts.signedTLSANames
    documents = DocumentList(facts)
    senders = SenderVerdict.all(in: facts)
    comparisons = facts.wantedSets.compactMap(\.comparison)
    let waivers = facts.site?.waivers ?? []
    let judgements = Precedence(comparisons).settle(rules.map { ($0, $0.judge(facts)) }).map {
      rule, judgement in
      (rule, judgement.waiving(waivers, rule: rule.id, at: facts.snapshot.started))
    }
    let score = Score(judgements.map { Score.Entry($0, $1) })
    self.score = score
    results = judgements.map { RuleResult($0, $1, score: score) }
  }
}

/// A rule, how it came out, and all that it found.
package struct RuleResult: Sendable {
  package let rule: Rule
  package let outcome: RuleOutcome
  package let faults: [Fault]
  package let waived: [WaivedFault]
  package let gaps: [Gap]
  /// What the score would gain if all faults of this rule were mended.
  package let points: Int

  fileprivate init(_ rule: Rule, _ judgement: Judgement, score: Score) {
    self.rule = rule
    outcome = judgement.outcome
    faults = judgement.faults.sorted { $0.severity ?? rule.severity > $1.severity ?? rule.severity }
    waived = judgement.waived
    gaps = judgement.gaps
    points = score.gain(ifMended: rule.id)
  }

  package func severity(of fault: Fault) -> Severity { fault.severity ?? rule.severity }

  /// What failed to come in. Beside a fault it matters still: the unknown part may be worse.
  package var unknownGaps: [Gap] { gaps.filter(\.isUnknown) }

  /// The worst of its faults; the rule's own where nothing was found.
  package var severity: Severity { faults.map(severity(of:)).max() ?? rule.severity }
}

// MARK: - Exit status

/// When the exit status is to say that something is wrong.
package struct Limits: Sendable {
  package var failOn: Severity = .high
  package var minimumScore: Int?
  package var requiresCompleteness: Completeness = .optional

  package enum Completeness: Sendable { case optional, required }

  package init() {}
}

package enum ExitStatus: Int32, Sendable, Comparable {
  case fine = 0
  case findings = 1
  case usage = 2
  case unknown = 3

  package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rank < right.rank }

  /// Over several domains a definite fault outranks not knowing.
  private var rank: Int {
    switch self {
    case .fine: 0
    case .unknown: 1
    case .findings: 2
    case .usage: 3
    }
  }
}

extension Limits {
  package func reach(_ severity: Severity) -> Bool { severity >= failOn }

  /// Findings at or above the limit.
  package func areMissed(by result: RuleResult) -> Bool {
    result.outcome == .failed && reach(result.severity)
  }

  /// What is unknown could be such a finding.
  package func areInDoubt(for result: RuleResult) -> Bool {
    !result.unknownGaps.isEmpty && reach(result.rule.severity)
  }
}

extension Scorecard {
  package func exitStatus(_ limits: Limits) -> ExitStatus {
    if results.contains(where: limits.areMissed) { return .findings }
    if let minimum = limits.minimumScore {
      guard let value = score.value, score.coverage >= Score.neededCoverage else { return .unknown }
      if value < minimum { return .findings }
    }
    if results.contains(where: limits.areInDoubt) { return .unknown }
    // Where nothing at all could be judged, silence is no good news.
    if score.judged == 0 { return .unknown }
    switch limits.requiresCompleteness {
    case .optional: return .fine
    case .required:
      return results.contains { $0.outcome == .notTested && limits.reach($0.severity) } ? .unknown : .fine
    }
  }
}
