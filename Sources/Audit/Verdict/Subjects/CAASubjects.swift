package import CAA
package import DNSData
import MTASTS
import PublicSuffix

/// The CAA records that count for a name that needs certificates: its own, or those of the nearest name above that has
/// any. Each set once, whichever of the names it counts for.
package struct PublishedCAA: Subject {
  package let answer: Answer
  package let records: CAARecordSet

  package static func observe(_ facts: Facts) -> Observation<PublishedCAA> {
    guard facts.role != .nonexistent else { return .notApplicable }
    var published: [PublishedCAA] = []
    var gaps: [Gap] = []
    for name in facts.certifiedNames {
      switch facts.caaSearch(for: name) {
      case .found(let found) where !published.contains { $0.answer == found.answer }: published.append(found)
      case .unknown(let gap) where !gaps.contains(gap): gaps.append(gap)
      case .found, .unknown, .noRecord: continue
      }
    }
    return Observation(published, gaps: gaps)
  }
}

/// A domain for which the search for CAA records came to its end, with or without any.
package struct CAASearch: Subject {
  package let hasRecords: Bool
  /// What the domain itself said.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<CAASearch> {
    guard facts.role != .nonexistent, let own = facts.snapshot.answer(facts.domain, .caa) else {
      return .notApplicable
    }
    switch facts.caaSearch(for: facts.domain) {
    case .found: return Observation([CAASearch(hasRecords: true, answer: own)])
    case .noRecord: return Observation([CAASearch(hasRecords: false, answer: own)])
    case .unknown(let gap): return Observation([], gaps: [gap])
    }
  }
}

/// A look-up of CAA records that counts for a name which needs certificates; each once.
package struct CAALookUp: Subject {
  package let question: Question
  /// nil where it works.
  package let failure: ProvenFailure?

  package static func observe(_ facts: Facts) -> Observation<CAALookUp> {
    guard facts.role != .nonexistent else { return .notApplicable }
    var lookUps: [CAALookUp] = []
    var gaps: [Gap] = []
    for name in facts.certifiedNames {
      for step in CAADiscovery.evaluate(name: name, answers: { facts.snapshot[$0] }).value?.steps ?? [] {
        let question = Question(step.name, .caa)
        let lookUp = CAALookUp(question: question, failure: facts.provenFailure(question))
        if !lookUps.contains(where: { $0.question == question }) { lookUps.append(lookUp) }
        if lookUp.failure != nil { break }
      }
      guard !lookUps.contains(where: { $0.failure != nil && name.isAtOrBelow($0.question.name) }),
        case .unknown(let gap) = facts.caaSearch(for: name), !gaps.contains(gap)
      else { continue }
      gaps.append(gap)
    }
    return Observation(lookUps, gaps: gaps)
  }
}

enum CAASearchResult {
  case found(PublishedCAA)
  case noRecord
  case unknown(Gap)
}

extension Facts {
  /// The domain, its own MX hosts, and the host of an MTA-STS policy if there is to be one.
  var certifiedNames: [Name] {
    let policyHost = MTASTSDiscovery.policyHost(for: domain).flatMap {
      snapshot.answer($0, .caa)?.question.name
    }
    return [domain] + exchangers.filter { ownership(of: $0) == .own } + [policyHost].compactMap(\.self)
  }

  /// Unknown also for hosts beyond those that the Collector asks for. What a registry publishes above the domain is in
  /// nobody's zone file: offline it is taken for no record.
  func caaSearch(for name: Name) -> CAASearchResult {
    let unasked = CAASearchResult.unknown(Gap(Place(name, .caa), .notTested(.limitReached)))
    guard let caa = CAADiscovery.evaluate(name: name, answers: { snapshot[$0] }).value else { return unasked }
    for step in caa.steps {
      guard let answer = snapshot.answer(step.name, .caa) else { return unasked }
      switch step.finding {
      case .records(let records): return .found(PublishedCAA(answer: answer, records: records))
      case .noRecord: continue
      case .failed(.notInFiles) where SuffixList.isPublicSuffix(step.name): continue
      case .failed: return .unknown(Gap(answer))
      }
    }
    return .noRecord
  }
}
