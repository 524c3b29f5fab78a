package import CAA
package import DNSData
import PublicSuffix

/// The CAA records that count for the domain: its own, or those of the nearest name above that has any.
package struct PublishedCAA: Subject {
  package let answer: Answer
  package let records: CAARecordSet

  package static func observe(_ facts: Facts) -> Observation<PublishedCAA> {
    guard facts.role != .nonexistent, let search = facts.caaSearch else { return .notApplicable }
    switch search {
    case .found(let published): return Observation([published])
    case .none: return .notApplicable
    case .unknown(let answer): return Observation([], gaps: [Gap(answer)])
    }
  }
}

/// A domain for which the search for CAA records came to its end, with or without any.
package struct CAASearch: Subject {
  package let hasRecords: Bool
  /// What the domain itself said.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<CAASearch> {
    guard facts.role != .nonexistent, let search = facts.caaSearch,
      let own = facts.snapshot.answer(facts.domain, .caa)
    else { return .notApplicable }
    switch search {
    case .found: return Observation([CAASearch(hasRecords: true, answer: own)])
    case .none: return Observation([CAASearch(hasRecords: false, answer: own)])
    case .unknown(let answer): return Observation([], gaps: [Gap(answer)])
    }
  }
}

private enum CAASearchResult {
  case found(PublishedCAA)
  case none
  case unknown(Answer)
}

extension Facts {
  /// nil only if the Snapshot lacks answers. What a registry publishes above the domain is in nobody's zone file:
  /// offline it is taken for no record.
  fileprivate var caaSearch: CAASearchResult? {
    guard let caa else { return nil }
    for step in caa.steps {
      guard let answer = snapshot.answer(step.name, .caa) else { return nil }
      switch step.finding {
      case .records(let records): return .found(PublishedCAA(answer: answer, records: records))
      case .noRecord: continue
      case .failed(.notInFiles) where SuffixList.isPublicSuffix(step.name): continue
      case .failed: return .unknown(answer)
      }
    }
    return CAASearchResult.none
  }
}
