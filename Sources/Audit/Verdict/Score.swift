/// The score of a domain, 0 to 100.
///
/// Each topic that was judged has a weight. Of it the topic loses the sum of its failed rules' losses, at most all:
///
///     score = 100 × Σ weight(topic) × (1 − min(1, Σ loss(severity of rule))) / Σ weight(topic)
///
/// Blocklists are judged if one of their checks above info was. The worst fault of a rule counts, once. Unknown and not
/// tested are left out and shown as coverage. The points of a rule are what this formula gains when the rule passes and
/// nothing else changes.
package struct Score: Hashable, Sendable {
  struct Entry: Sendable {
    let rule: String
    let topic: Topic
    let severity: Severity
    let outcome: RuleOutcome
    /// It takes servers, and whoever asked wanted none called: what was asked is then the whole of it. Or it takes
    /// signatures, and nothing here validates any.
    let isLeftOut: Bool

    init(_ rule: Rule, _ judgement: Judgement) {
      self.rule = rule.id
      topic = rule.topic
      severity = judgement.faults.map { $0.severity ?? rule.severity }.max() ?? rule.severity
      outcome = judgement.outcome
      isLeftOut =
        judgement.outcome == .notTested
        && judgement.gaps.allSatisfy {
          [.notTested(.notProbed), .notTested(.serversNotAsked), .notTested(.notValidated)].contains(
            $0.reason)
        }
    }
  }

  /// Those of what every audit asks make 100; DNSSEC, of which no zone file tells, blocklists, which are asked on demand,
  /// and what only an expected configuration can tell come on top.
  package static let weights: [Topic: Double] = [
    .dns: 8, .dnssec: 5, .mx: 12, .host: 11, .smtp: 8, .tls: 5, .cert: 5, .spf: 13, .dkim: 10, .dmarc: 11,
    .mtasts: 4,
    .tlsrpt: 1, .dane: 3, .access: 3, .srv: 1, .autoconfig: 1, .autodiscover: 1, .caa: 1, .bimi: 1, .misc: 1,
    .dnsbl: 15, .srs: 2, .web: 1, .config: 2,
  ]
  package static let losses: [Severity: Double] = [
    .critical: 1, .high: 0.5, .medium: 0.2, .low: 0.05, .info: 0,
  ]

  /// nil when nothing could be judged.
  package let value: Int?
  /// Share of the judged in the weight of all rules that apply, in per cent.
  package let coverage: Int
  package let topics: [Topic: Int]
  package let judged: Int
  package let unknown: Int
  package let notTested: Int
  private let worst: Severity?
  private let gains: [String: Int]

  init(_ entries: [Entry]) {
    judged = entries.count { $0.outcome == .passed || $0.outcome == .failed }
    unknown = entries.count { $0.outcome == .unknown }
    notTested = entries.count { $0.outcome == .notTested }
    let applicable = entries.filter {
      $0.outcome != .notApplicable && $0.outcome != .waived && !$0.isLeftOut
    }
    let all = applicable.reduce(0) { $0 + Self.loss($1.severity) }
    let known = applicable.filter { $0.outcome == .passed || $0.outcome == .failed }
    coverage = all == 0 ? 0 : Int((100 * known.reduce(0) { $0 + Self.loss($1.severity) } / all).rounded())

    worst = known.filter { $0.outcome == .failed }.map(\.severity).max()
    let shares = Self.shares(known)
    let exact = Self.combine(shares)
    value = exact.map(Self.rounded)
    topics = shares.mapValues { Self.rounded(100 * $0) }
    var gains: [String: Int] = [:]
    for entry in known where entry.outcome == .failed {
      let others = Self.combine(Self.shares(known, withoutFaultsOf: entry.rule))
      gains[entry.rule] = Self.rounded((others ?? 0) - (exact ?? 0))
    }
    self.gains = gains
  }

  package func gain(ifMended rule: String) -> Int { gains[rule] ?? 0 }

  /// Below this share of the weight a score is no ground for a verdict.
  package static let neededCoverage = 60  // per cent

  /// A letter by value, held down by the worst fault: what is broken now cannot hide behind what works. nil while too
  /// little could be judged.
  package var grade: String? {
    guard let value, coverage >= Self.neededCoverage || worst != nil else { return nil }
    let byValue =
      switch value {
      case 95...: "A"
      case 85..<95: "B"
      case 70..<85: "C"
      case 50..<70: "D"
      default: "F"
      }
    let best =
      switch worst {
      case .critical: "D"
      case .high: "B"
      case .medium, .low, .info, nil: "A"
      }
    return max(byValue, best)
  }

  private static func loss(_ severity: Severity) -> Double { losses[severity] ?? 0 }

  /// What each judged topic keeps of its weight, 0 to 1. Blocklists that only refuse to answer tell nothing of the
  /// domain: they take part if something was judged that could cost.
  private static func shares(_ known: [Entry], withoutFaultsOf mended: String? = nil) -> [Topic: Double] {
    let topics = Dictionary(grouping: known, by: \.topic).filter { topic, entries in
      topic != .dnsbl || entries.contains { loss($0.severity) > 0 }
    }
    return topics.mapValues { entries in
      let lost = entries.filter { $0.outcome == .failed && $0.rule != mended }.reduce(0) {
        $0 + loss($1.severity)
      }
      return 1 - min(1, lost)
    }
  }

  private static func combine(_ shares: [Topic: Double]) -> Double? {
    let weight = shares.keys.reduce(0) { $0 + (weights[$1] ?? 0) }
    guard weight > 0 else { return nil }
    // In a fixed order, because sums of fractions hang on theirs.
    return 100 * Topic.allCases.reduce(0) { $0 + (shares[$1] ?? 0) * (weights[$1] ?? 0) } / weight
  }

  /// Half up; what a fraction lacks in binary does not count.
  private static func rounded(_ value: Double) -> Int { Int((value + 1e-9).rounded()) }
}
