/// What a rule judges: a parsed view of the Snapshot.
package protocol Subject: Sendable {
  static func observe(_ facts: Facts) -> Observation<Self>
}

/// The subjects found, and what could not be observed. A subject may stand beside a gap: then a definite fault
/// counts, and its absence does not.
package struct Observation<S: Sendable>: Sendable {
  package let subjects: [S]
  package let gaps: [Gap]

  package init(_ subjects: [S], gaps: [Gap] = []) {
    self.subjects = subjects
    self.gaps = gaps
  }

  package static var notApplicable: Observation { Observation([]) }
}

struct Judgement: Sendable {
  let faults: [Fault]
  /// Known to the operator, and accepted for now.
  var waived: [WaivedFault] = []
  let gaps: [Gap]
  let hasSubjects: Bool

  var outcome: RuleOutcome {
    switch true {
    case !faults.isEmpty: .failed
    case gaps.contains(where: \.isUnknown): .unknown
    case !gaps.isEmpty: .notTested
    case !waived.isEmpty: .waived
    case hasSubjects: .passed
    default: .notApplicable
    }
  }
}

package enum RuleOutcome: String, Hashable, Sendable, Codable, CaseIterable {
  case passed, failed, waived, notApplicable, unknown, notTested
}
