/// A check: what it says, why it matters, what mends it, how it is proved, and how it decides.
///
/// The id is the path of its file: `Rules/SPF/SPFLookupLimit.swift` holds `spf.lookup-limit`. The closure is pure: no
/// I/O, no clock, no randomness. The engine turns a subject that could not be observed into unknown or not tested,
/// and one that does not exist into not applicable.
package struct Rule: Sendable {
  package let id: String
  package let title: String
  package let severity: Severity
  package let why: String
  package let fix: String
  package let references: [Reference]
  package let examples: [RuleExample]
  package let source: SourcePosition
  package let precedence: Rule.Precedence
  let judge: @Sendable (Facts) -> Judgement

  package init<S: Subject>(
    _ id: String, _ title: String, about subject: S.Type, severity: Severity, why: String, fix: String,
    references: [Reference], examples: [RuleExample], precedence: Rule.Precedence = .particular,
    file: String = #filePath, line: Int = #line,
    faults: @escaping @Sendable (S, Facts) -> [Fault]
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.why = why
    self.fix = fix
    self.references = references
    self.examples = examples
    self.precedence = precedence
    source = SourcePosition(file: file, line: line)
    judge = { facts in
      let observation = facts.observation(of: S.self)
      return Judgement(
        faults: observation.subjects.flatMap { faults($0, facts) }.map { $0.mendable(in: facts) },
        gaps: observation.gaps.map { $0.explained(by: facts.validations) },
        hasSubjects: !observation.subjects.isEmpty)
    }
  }

  /// The same rule with another severity and judgement.
  init(_ rule: Rule, severity: Severity, judge: @escaping @Sendable (Facts) -> Judgement) {
    id = rule.id
    title = rule.title
    self.severity = severity
    why = rule.why
    fix = rule.fix
    references = rule.references
    examples = rule.examples
    source = rule.source
    precedence = rule.precedence
    self.judge = judge
  }

  /// `spf` in `spf.lookup-limit`.
  package var topic: Topic { Topic(ruleID: id) }
}

extension Rule {
  package enum Precedence: Sendable {
    /// It knows what a record breaks.
    case particular
    /// It compares with the expected configuration: it sees that a record is missing or another than expected.
    case general
  }
}

/// Where a rule stands, so that its failing examples are reported there.
package struct SourcePosition: Hashable, Sendable {
  package let file: String
  package let line: Int
}

/// Ordered from worst to least.
package enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case critical, high, medium, low, info

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}

/// Where a demand is written down.
package enum Reference: Hashable, Sendable {
  case rfc(Int, String)
  /// A page of a receiver, a manual, or common practice, by name.
  case practice(String)

  package var text: String {
    switch self {
    case .rfc(let number, let section): section.isEmpty ? "RFC \(number)" : "RFC \(number) §\(section)"
    case .practice(let name): name
    }
  }
}
