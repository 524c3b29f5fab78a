/// A finding that stands in one of two worlds or in both.
package struct FindingChange: Sendable {
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    case worse, better
    /// As bad as before, perhaps in other words.
    case same
    /// What it was about is gone: neither mended nor worse.
    case ended
  }

  package let rule: Rule
  package let direction: Direction
  /// nil: not found in the world as it is, or as it would be.
  package let before: Fault?
  package let after: Fault?
  package let severityBefore: Severity?
  package let severityAfter: Severity?

  /// As it would be; of what is gone, as it is.
  package var severity: Severity { severityAfter ?? severityBefore ?? rule.severity }
}

/// What a check cannot say of the difference: the answers that would tell it failed, or could not be asked for.
package struct Untold: Sendable {
  package let rule: Rule
  /// A finding of one world of which the other does not tell whether it stands there too.
  package let faults: [Fault]
  package let gaps: [Gap]
  package let severity: Severity
}

/// One rule's findings in two worlds. Findings are the same where rule and place are; of several at one place those are
/// that say the same, then those that are left over.
struct RuleComparison {
  private(set) var findings: [FindingChange] = []
  private(set) var untold: Untold?

  private let before: RuleResult
  private let after: RuleResult

  /// - Parameter isTouched: something differs that the rule may rest on: then a failed look-up matters even though it
  ///   failed in both worlds.
  init(from before: RuleResult, to after: RuleResult, isTouched: Bool) {
    self.before = before
    self.after = after
    var old = before.faults
    var new = after.faults
    for isSame in [{ $0.place == $1.place && $0.message == $1.message }, { $0.place == $1.place }]
      as [(Fault, Fault) -> Bool]
    {
      pair(&old, &new, isSame)
    }
    let appeared = split(new) { fault in before.gaps.contains { $0.concerns(fault.place) } }
    let gone = split(old) { fault in
      after.outcome == .unknown || after.outcome == .notTested
        || after.gaps.contains { $0.concerns(fault.place) }
    }
    findings += appeared.clear.map { change(.worse, to: $0) }
    findings += gone.clear.map { change(after.outcome == .notApplicable ? .ended : .better, from: $0) }

    let open = after.gaps.filter { isOpen($0, isTouched: isTouched) }
    let severities =
      appeared.unclear.map(after.severity(of:)) + gone.unclear.map(before.severity(of:))
      + (open.isEmpty ? [] : [after.rule.severity])
    guard let worst = severities.max() else { return }
    let reasons = open.isEmpty ? (appeared.unclear.isEmpty ? after.gaps : before.gaps) : open
    untold = Untold(
      rule: after.rule, faults: appeared.unclear + gone.unclear, gaps: reasons, severity: worst)
  }

  private mutating func pair(_ old: inout [Fault], _ new: inout [Fault], _ isSame: (Fault, Fault) -> Bool) {
    new.removeAll { fault in
      guard let index = old.firstIndex(where: { isSame($0, fault) }) else { return false }
      let former = old.remove(at: index)
      let direction: FindingChange.Direction =
        switch (before.severity(of: former), after.severity(of: fault)) {
        case (let then, let now) where now > then: .worse
        case (let then, let now) where now < then: .better
        default: .same
        }
      findings.append(change(direction, from: former, to: fault))
      return true
    }
  }

  private func split(_ faults: [Fault], _ isUnclear: (Fault) -> Bool) -> (clear: [Fault], unclear: [Fault]) {
    (faults.filter { !isUnclear($0) }, faults.filter(isUnclear))
  }

  private func change(
    _ direction: FindingChange.Direction, from former: Fault? = nil, to fault: Fault? = nil
  ) -> FindingChange {
    FindingChange(
      rule: after.rule, direction: direction, before: former, after: fault,
      severityBefore: former.map(before.severity(of:)), severityAfter: fault.map(after.severity(of:)))
  }

  /// It hides a difference: what was judged is not any more, or what differs rests on a look-up that failed. What this
  /// call was told not to ask, and what it could ask in neither world, hides none that it was meant to show.
  private func isOpen(_ gap: Gap, isTouched: Bool) -> Bool {
    guard gap.reason != .notTested(.notProbed) else { return false }
    if gap.isUnknown, isTouched { return true }
    switch before.outcome {
    case .unknown, .notTested: return false
    case .passed, .failed, .waived, .notApplicable:
      return !before.gaps.contains { former in
        former.place == gap.place || (former.untestedFor != nil && former.untestedFor == gap.untestedFor)
      }
    }
  }
}

extension Gap {
  /// What is wrong at `place` could not be seen.
  fileprivate func concerns(_ place: Place) -> Bool {
    self.place.name == place.name && (self.place.type == nil || self.place.type == place.type)
      && (self.place.address == nil || self.place.address == place.address)
      && (self.place.port == nil || self.place.port == place.port)
  }
}
