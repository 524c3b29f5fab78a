package import DMARC
package import DNSData
import PublicSuffix

/// What the tree walk finds for the domain (RFC 9989 §4.10).
package struct DMARCPublication: Subject {
  /// One name of the walk, with the look-up there.
  package struct Stop: Sendable {
    package let step: DMARCDiscovery.Step
    package let answer: Answer
    package let ownership: Ownership
    package let isAuthorDomain: Bool
    package let isPublicSuffix: Bool
    /// A name beside it that nobody has published says the same.
    package let isWildcard: Bool

    /// Texts that miss being a DMARC record by little.
    package var nearMisses: [(record: DMARCRecord, miss: DMARCNearMiss)] {
      step.texts.compactMap { record in
        if case .nearMiss(let miss) = record.standing { (record, miss) } else { nil }
      }
    }

    package var record: DMARCRecord? {
      if case .record(let record) = step.finding { record } else { nil }
    }

    /// The text, replaced by what it was meant to say: report addresses without mailto: get it.
    package func mend(of record: DMARCRecord, to settings: DMARCSettings) -> Mend {
      var settings = settings
      settings.aggregateReports = record.meantReports("rua")
      settings.failureReports = record.meantReports("ruf")
      let old = answer.records.filter {
        if case .txt(let text) = $0.data { text.joined == record.octets } else { false }
      }
      let text = TXT(joined: Array(settings.description.utf8))
      return Mend(
        publish: [
          Record(
            old.first?.name ?? answer.question.name, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(text))
        ],
        remove: old)
    }

    /// The faults of the record here that `isMeant` picks.
    package func faults(
      severity: Severity? = nil, expected: Message? = nil,
      mend: (DMARCRecord) -> DMARCSettings? = { _ in nil },
      _ isMeant: (DMARCFault.Kind) -> Bool
    ) -> [Fault] {
      guard let record else { return [] }
      return record.faults.filter { isMeant($0.kind) }.map { fault in
        Fault(
          in: answer, severity: severity,
          "At octet \(fault.range.lowerBound + 1): \(own: fault.kind.description)",
          observed: "\(foreign: record.octets)", expected: expected,
          mend: mend(record).map { self.mend(of: record, to: $0) })
      }
    }
  }

  package let discovery: DMARCDiscovery
  /// In the order of the walk.
  package let stops: [Stop]

  /// Those that the operator can change and that this domain's policy rests on: an own record is all that counts.
  package var ownStops: [Stop] {
    let own = stops.filter { $0.ownership == .own }
    return own.first?.record == nil ? own : Array(own.prefix(1))
  }

  package static func observe(_ facts: Facts) -> Observation<DMARCPublication> {
    guard let discovery = facts.dmarc, facts.role != .nonexistent else { return .notApplicable }
    let stops = facts.dmarcStops
    let publication = DMARCPublication(discovery: discovery, stops: stops)
    let isSilent = publication.ownStops.allSatisfy { $0.step.texts.isEmpty && $0.answer.aliases.isEmpty }
    if facts.role == .noMail, isSilent, stops.allSatisfy({ $0.answer.failure == nil }) {
      return .notApplicable
    }
    var gaps = stops.filter { !($0.isPublicSuffix && $0.answer.failure == .notInFiles) }.map(\.answer)
      .filter { $0.failure != nil }.map(Gap.init)
    // A definite policy does not hang on a look-up further up that failed.
    if case .found = discovery.policy {
      gaps = gaps.filter { $0.place.name == stops.first?.answer.question.name }
    }
    if facts.role == .undetermined, let mx = facts.mx, mx.failure != nil { gaps.append(Gap(mx)) }
    return Observation([publication], gaps: gaps)
  }
}

/// The same, where it is known of every own alias that leads to no record whether it is that of a wildcard.
package struct ProbedDMARC: Subject {
  package let publication: DMARCPublication

  package static func observe(_ facts: Facts) -> Observation<ProbedDMARC> {
    let all = facts.observation(of: DMARCPublication.self)
    let aliases = all.subjects.flatMap(\.ownStops).filter {
      $0.step.finding == .noRecord && !$0.answer.aliases.isEmpty
    }
    let failed = aliases.compactMap { facts.wildcard(.txt, below: $0.step.target) }.filter {
      $0.failure != nil
    }
    guard failed.isEmpty else { return Observation([], gaps: all.gaps + failed.map(Gap.init)) }
    return Observation(all.subjects.map { ProbedDMARC(publication: $0) }, gaps: all.gaps)
  }
}

/// DMARC text at the domain itself, where nobody looks for it.
package struct DMARCAtApex: Subject {
  package let answer: Answer
  package let records: [DMARCRecord]

  package static func observe(_ facts: Facts) -> Observation<DMARCAtApex> {
    guard let answer = facts.texts, facts.role != .nonexistent else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let records = answer.records.compactMap {
      if case .txt(let text) = $0.data { DMARCRecord(text.joined) } else { nil }
    }
    let published = records.filter { $0.standing == .policyRecord }
    if facts.role == .noMail, published.isEmpty { return .notApplicable }
    return Observation([DMARCAtApex(answer: answer, records: published)])
  }
}

extension Facts {
  /// The look-ups of the tree walk, in its order.
  var dmarcStops: [DMARCPublication.Stop] {
    (dmarc?.steps ?? []).compactMap { step in
      guard let question = step.question, let answer = snapshot[question] else { return nil }
      return DMARCPublication.Stop(
        step: step, answer: answer, ownership: ownership(of: step.target),
        isAuthorDomain: step.target == domain, isPublicSuffix: SuffixList.isPublicSuffix(step.target),
        isWildcard: answer.says(theSameAs: wildcard(.txt, below: step.target)))
    }
  }
}

extension DMARCRecord {
  /// The addresses of `rua` or `ruf`; a bare mail address is taken for a mailto: URI.
  fileprivate func meantReports(_ tag: String) -> [ReportURI] {
    (tags[tag]?.value ?? []).split(separator: UInt8(ascii: ",")).compactMap { element in
      let text = element.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      if let uri = try? ReportURI(text) { return uri }
      return text.contains(UInt8(ascii: ":")) ? nil : try? ReportURI(Array("mailto:".utf8) + text)
    }
  }
}
