package import DNSData
import Evidence

/// The SOA look-up of the domain, by which some receivers tell whether it exists.
package struct StartOfAuthority: Subject {
  package let answer: Answer
  /// Its MX records can be looked up meanwhile, with or without any.
  package let isFoundOtherwise: Bool

  package static func observe(_ facts: Facts) -> Observation<StartOfAuthority> {
    guard facts.role != .nonexistent else { return .notApplicable }
    guard let answer = facts.snapshot.answer(facts.domain, .soa), let mx = facts.mx else {
      return Observation([], gaps: facts.zoneGaps)
    }
    guard mx.failure == nil else { return Observation([], gaps: [Gap(mx)]) }
    if let failure = answer.failure, failure != .serverFailure { return Observation([], gaps: [Gap(answer)]) }
    return Observation([StartOfAuthority(answer: answer, isFoundOtherwise: !mx.isMissingName)])
  }
}

/// A name in a record where hosts are named: MX, NS and SRV.
package struct NamedHost: Subject {
  package let answer: Answer
  package let host: Name

  package static func observe(_ facts: Facts) -> Observation<NamedHost> {
    let answers = facts.snapshot.answers { answer in
      [.mx, .ns, .srv].contains(answer.question.type) && facts.ownership(of: answer.question.name) == .own
    }
    let hosts = answers.flatMap { answer in
      answer.records.compactMap(\.namedHost).filter { !$0.isRoot }.map { NamedHost(answer: answer, host: $0) }
    }
    let gaps = facts.mx.map { $0.failure == nil ? [] : [Gap($0)] } ?? []
    return Observation(hosts, gaps: gaps)
  }
}

extension Record {
  fileprivate var namedHost: Name? {
    switch data {
    case .mx(let mx): mx.exchange
    case .ns(let name): name
    case .srv(let srv): srv.target
    default: nil
    }
  }
}

/// A text where a policy belongs. SPF records, which stand among other texts, have rules of their own.
package struct PolicyText: Subject {
  package let answer: Answer
  package let record: Record
  package let text: TXT

  package static func observe(_ facts: Facts) -> Observation<PolicyText> {
    let answers = facts.snapshot.answers { answer in
      answer.question.type == .txt && isPlace(answer.question.name)
        && facts.ownership(of: answer.question.name) == .own
    }
    return Observation(
      answers.flatMap { answer in
        answer.records.compactMap { record in
          guard case .txt(let text) = record.data else { return nil }
          return PolicyText(answer: answer, record: record, text: text)
        }
      })
  }

  private static let places = ["_dmarc", "_domainkey", "_mta-sts", "_tls", "_bimi"].map { Array($0.utf8) }

  private static func isPlace(_ name: Name) -> Bool { name.labels.prefix(3).contains(where: places.contains) }
}
