package import BIMI
package import DMARC
package import DNSData

/// What stands at the name of the domain's BIMI record; the absence of BIMI is nothing to judge.
package struct BIMIPublication: Subject {
  package let answer: Answer
  /// Every TXT record there, as a BIMI record.
  package let records: [BIMIRecord]

  /// Those that were meant as BIMI.
  package var candidates: [BIMIRecord] { records.filter { $0.standing != .unrelated } }

  package static func observe(_ facts: Facts) -> Observation<BIMIPublication> {
    guard let name = BIMIName.of(domain: facts.domain), let answer = facts.snapshot.answer(name, .txt),
      facts.role.sends || facts.role == .undetermined
    else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let publication = BIMIPublication(answer: answer, records: answer.joinedTexts.map { BIMIRecord($0) })
    let isForeign = publication.candidates.isEmpty && answer.says(theSameAs: facts.wildcard(.txt))
    guard !publication.records.isEmpty, !isForeign else { return .notApplicable }
    guard facts.role.sends else { return Observation([], gaps: facts.roleGaps) }
    return Observation([publication])
  }
}

/// A picture that the domain offers, and the DMARC policy on which its display depends.
package struct BIMIPolicy: Subject {
  package let answer: Answer
  package let record: BIMIRecord
  /// What applies to mail of the domain; nil where no DMARC is applied.
  package let preference: DMARCPreference?
  /// The look-up of the DMARC record that applies, and the record.
  package let applied: (stop: DMARCPublication.Stop, record: DMARCRecord)?
  /// The same of the organisational domain.
  package let organizational: (stop: DMARCPublication.Stop, record: DMARCRecord)?

  package static func observe(_ facts: Facts) -> Observation<BIMIPolicy> {
    let published = facts.observation(of: BIMIPublication.self)
    guard let publication = published.subjects.first,
      let record = publication.candidates.first(where: { !$0.isDeclination })
    else { return Observation([], gaps: published.gaps) }
    func policy(_ found: DMARCFoundPolicy?) -> Observation<BIMIPolicy> {
      let organization = facts.organization
      return Observation([
        BIMIPolicy(
          answer: publication.answer, record: record, preference: found?.preference(.exists),
          applied: facts.dmarcStop(at: found?.location), organizational: facts.dmarcStop(at: organization))
      ])
    }
    switch facts.dmarc?.policy {
    case .found(let found): return policy(found)
    case .noRecord: return policy(nil)
    case .unknown, nil:
      return facts.hasNoDMARCPolicy ? policy(nil) : Observation([], gaps: facts.dmarcGaps)
    }
  }
}

extension Facts {
  fileprivate func dmarcStop(at name: Name?) -> (stop: DMARCPublication.Stop, record: DMARCRecord)? {
    guard let stop = dmarcStops.first(where: { $0.step.target == name }) else { return nil }
    return stop.record.map { (stop, $0) }
  }
}
