import Verdict

/// One cause that stopped checks, named once with all that it stopped.
struct UntoldCause {
  let gap: Gap
  /// Ids of rules.
  let stopped: [String]

  /// - Parameter outcome: unknown or not tested.
  static func all(_ outcome: RuleOutcome, in scorecard: Scorecard) -> [UntoldCause] {
    let results = scorecard.results.filter { result in
      outcome == .unknown ? !result.unknownGaps.isEmpty : result.outcome == outcome
    }
    var order: [Gap] = []
    var stopped: [Gap: [String]] = [:]
    for result in results {
      for gap in result.gaps where outcome == .notTested || gap.isUnknown {
        let cause = gap.isOfThisCall ? Gap(Place(scorecard.domain), gap.reason) : gap
        if stopped[cause] == nil { order.append(cause) }
        guard stopped[cause]?.last != result.rule.id else { continue }
        stopped[cause, default: []].append(result.rule.id)
      }
    }
    return order.map { UntoldCause(gap: $0, stopped: stopped[$0] ?? []) }
  }

  var sentence: String { "\(gap.place.sentence): \(gap.sentence)" }

  /// nil where nothing but asking again can help.
  var remedy: String? {
    if case .notTested(let reason) = gap.reason { "To test: \(reason.remedy)." } else { nil }
  }
}

extension Gap {
  /// What this call or this machine does not do anywhere, whatever the place.
  fileprivate var isOfThisCall: Bool {
    switch reason {
    case .notTested(.notProbed), .notTested(.notValidated), .notTested(.serversNotAsked),
      .notTested(.directPortClosed), .notTested(.noTLSHere), .notTested(.noFetchHere),
      .notTested(.auditEnded):
      true
    case .notTested, .failed, .bogus, .noConversation, .noDocument: false
    }
  }
}
