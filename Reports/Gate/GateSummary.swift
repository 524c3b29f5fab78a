import Verdict

// What every report for people says of a gate as a whole, and of one domain as a whole.

extension GateResult {
  /// The domains, those on top for which the gate is shut.
  var worstFirst: [Domain] { domains.sorted { exitStatus(of: $0) > exitStatus(of: $1) } }

  /// What becomes of the domain, in a few words.
  func verdict(of domain: Domain) -> String {
    let impact = domain.impact
    return switch impact.exitStatus(failOn: limits.failOn) {
    case .findings: "it gets worse"
    case .unknown, .usage: "could not be told"
    case .fine: impact.worse.isEmpty && impact.losses.isEmpty ? "nothing gets worse" : "below the limit"
    }
  }

  /// Of all domains together: most reasons are the same for each.
  var untested: [String] {
    let counts = domains.reduce(into: [NotTested: Int]()) {
      $0.merge($1.impact.untested, uniquingKeysWith: +)
    }
    return counts.map { reason, count in
      "\(count) \(count == 1 ? "check" : "checks"): \(reason.sentence)\(reason.note). To test: \(reason.remedy)."
    }.sorted()
  }
}

extension NotTested {
  /// What else a change may do, of which then nothing is known.
  fileprivate var note: String {
    self == .notProbed
      ? ", so that nothing is known of the certificates they show, and of the MTA-STS policy that senders keep"
      : ""
  }
}

extension Impact {
  /// nil: it is the same in both worlds.
  var roles: String? {
    let (before, after) = (current.role, proposed.role)
    return before == after ? nil : "\(after.sentence) (as it is now: \(before.sentence))"
  }
}

extension Consequence {
  /// How much it weighs.
  var label: String {
    switch kind.effect {
    case .loss: severity.word
    case .gain: "good"
    }
  }
}

extension FindingChange {
  /// The fault as it would be; of what is gone, as it is.
  var fault: Fault? { after ?? before }

  /// nil: it weighs the same in both worlds, or is found in one alone.
  var formerly: String? {
    switch (severityBefore, severityAfter) {
    case (let before?, let after?) where before != after: "\(before.word) as it is now"
    default: nil
    }
  }

  /// What is to be done; nil where that is done.
  var remedy: String? {
    switch direction {
    case .worse, .same: rule.fix
    case .better, .ended: nil
    }
  }
}

extension Score {
  var sentence: String {
    guard let value else { return "none" }
    return "\(value) of 100" + (grade.map { ", grade \($0)" } ?? "")
  }
}
