/// Which CAA records count for a name (RFC 8659 §3): its own, else those of the nearest ancestor that has
/// any, as a pure function of the answers known so far.
///
/// Aliases are followed as resolvers do: records at the end of a CNAME are the name's own, and the climb goes
/// on from the name, not from where the alias leads. The root is not asked. A failed look-up is never taken
/// for a missing record: authorities must not issue then.
package import DNSData

package struct CAADiscovery: Hashable, Sendable {
  /// One look-up of the climb.
  package struct Step: Hashable, Sendable {
    package let name: Name
    package let finding: Finding
  }

  package enum Finding: Hashable, Sendable {
    case records(CAARecordSet)
    case noRecord
    case failed(LookupFailure)
  }

  package enum Relevant: Hashable, Sendable {
    /// `location` is the name that was asked, with or without an alias behind it.
    case found(CAARecordSet, location: Name)
    /// Any authority may issue.
    case none
    /// The look-up failed before anything was found.
    case unknown(LookupFailure)
  }

  /// Without the `*` of a wildcard.
  package let name: Name
  /// In the order of the climb, up to the records that end it.
  package let steps: [Step]
  package let relevant: Relevant

  /// The look-ups do not depend on each other: all that the climb may need are asked for at once.
  package static func evaluate(name: Name, answers: KnownAnswers) -> Evaluation<CAADiscovery> {
    let start = name.isWildcard ? name.parent ?? .root : name
    var steps: [Step] = []
    var missing: Set<Question> = []
    for name in start.selfAndAncestors where !name.isRoot {
      let question = Question(name, .caa)
      guard let answer = answers(question) else {
        missing.insert(question)
        continue
      }
      let step = Step(name: name, answer: answer)
      steps.append(step)
      if case .records = step.finding { break }
    }
    guard missing.isEmpty else { return .needs(missing) }
    return .result(CAADiscovery(name: start, steps: steps))
  }

  private init(name: Name, steps: [Step]) {
    self.name = name
    self.steps = steps
    relevant = Self.relevant(steps)
  }

  private static func relevant(_ steps: [Step]) -> Relevant {
    for step in steps {
      switch step.finding {
      case .records(let records): return .found(records, location: step.name)
      case .failed(let failure): return .unknown(failure)
      case .noRecord: continue
      }
    }
    return .none
  }

  /// nil if the records are not known.
  package func permission(for authority: Name, to request: CAARequest) -> CAAPermission? {
    switch relevant {
    case .found(let records, _): records.permission(for: authority, to: request)
    case .none: .unrestricted
    case .unknown: nil
    }
  }
}

extension CAADiscovery.Step {
  fileprivate init(name: Name, answer: Answer) {
    self.name = name
    let records = answer.records.compactMap { if case .caa(let record) = $0.data { record } else { nil } }
    if let failure = answer.failure {
      finding = .failed(failure)
    } else {
      finding = records.isEmpty ? .noRecord : .records(CAARecordSet(records))
    }
  }
}
