/// How much findings matter, to whom: differences from the severities that the rules bring, each with its reason.
/// What a finding means stays in the rule.
package struct Profile: Hashable, Sendable {
  package enum Weight: Hashable, Sendable {
    case severity(Severity)
    /// The rule is not judged at all.
    case off
  }

  package struct Adjustment: Hashable, Sendable {
    package let weight: Weight
    package let reason: String
    /// The profile that says so.
    package let layer: String

    package init(_ weight: Weight, reason: String, layer: String) {
      self.weight = weight
      self.reason = reason
      self.layer = layer
    }
  }

  package let name: String
  /// By rule id.
  package let adjustments: [String: Adjustment]

  package init(name: String, adjustments: [String: Adjustment]) {
    self.name = name
    self.adjustments = adjustments
  }

  /// `other` over this one: its adjustments win.
  package func overlaid(by other: Profile) -> Profile {
    Profile(name: other.name, adjustments: adjustments.merging(other.adjustments) { $1 })
  }

  /// The rules that are judged, with the severities of this profile.
  package func applied(to rules: [Rule]) -> [Rule] {
    rules.compactMap { rule in
      switch adjustments[rule.id]?.weight {
      case nil: rule
      case .off: nil
      case .severity(let severity): rule.with(severity: severity)
      }
    }
  }
}

extension Rule {
  /// A fault that weighs what its rule weighs follows it, a milder one stays so. Where the rule is made milder, none is
  /// worse than it.
  fileprivate func with(severity: Severity) -> Rule {
    Rule(self, severity: severity) { [judge, standing = self.severity] facts in
      let judgement = judge(facts)
      let faults = judgement.faults.map { fault in
        guard let own = fault.severity else { return fault }
        guard own != standing else { return fault.with(severity: severity) }
        return severity < standing ? fault.with(severity: min(own, severity)) : fault
      }
      return Judgement(
        faults: faults, waived: judgement.waived, gaps: judgement.gaps, hasSubjects: judgement.hasSubjects)
    }
  }
}

extension Fault {
  fileprivate func with(severity: Severity) -> Fault {
    Fault(
      at: place, saidBy: source, severity: severity, message, observed: observed, expected: expected,
      mend: mend)
  }
}
