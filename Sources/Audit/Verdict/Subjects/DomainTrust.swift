package import DNSData
import Evidence

/// How far DNSSEC carries the domain's MX look-up, which every audit makes.
package struct DomainTrust: Subject {
  package let answer: Answer
  package let trust: Trust

  package static func observe(_ facts: Facts) -> Observation<DomainTrust> {
    guard let mx = facts.mx, facts.role != .nonexistent else { return .notApplicable }
    guard mx.failure == nil else { return Observation([], gaps: [Gap(mx)]) }
    let trust = facts.trust(mx.question)
    if let gap = trust.gap(at: Place(mx.question.name, mx.question.type)) {
      return Observation([], gaps: [gap])
    }
    return Observation([DomainTrust(answer: mx, trust: trust)])
  }
}

/// The MX host of a signed domain, and how far DNSSEC carries its addresses.
package struct ExchangerTrust: Subject {
  package let host: Name
  package let answer: Answer
  package let trust: Trust

  package static func observe(_ facts: Facts) -> Observation<ExchangerTrust> {
    let domain = facts.observation(of: DomainTrust.self)
    guard case .secure = domain.subjects.first?.trust else { return Observation([], gaps: domain.gaps) }
    var subjects: [ExchangerTrust] = []
    var gaps: [Gap] = []
    for host in facts.exchangers {
      guard let answer = [RecordType.a, .aaaa].lazy.compactMap({ facts.snapshot.answer(host, $0) }).first
      else { continue }
      let place = Place(host, answer.question.type)
      if answer.failure != nil {
        gaps.append(Gap(answer))
      } else if let gap = facts.trust(answer.question).gap(at: place) {
        gaps.append(gap)
      } else {
        subjects.append(ExchangerTrust(host: host, answer: answer, trust: facts.trust(answer.question)))
      }
    }
    return Observation(subjects, gaps: gaps)
  }
}

/// How names that do not exist are denied: with NXDOMAIN, or with NOERROR as if they did (RFC 9824).
package struct AbsentName: Subject {
  package let answer: Answer

  package var isDeniedCompactly: Bool { if case .noData = answer.outcome { true } else { false } }

  /// One tells for all: of those that are denied with NOERROR the first, if there are any.
  package static func observe(_ facts: Facts) -> Observation<AbsentName> {
    let absent = facts.validations.values.filter { validation in
      validation.conclusion == .noSuchName && validation.question.type != .ds
        && facts.ownership(of: validation.question.name) == .own
    }
    let names = absent.map(\.question).sorted().compactMap { facts.snapshot[$0] }
      .filter { $0.failure == nil && $0.aliases.isEmpty }.map(AbsentName.init)
    return Observation([names.first(where: \.isDeniedCompactly) ?? names.first].compactMap(\.self))
  }
}
