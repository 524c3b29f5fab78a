package import DNSData
package import SPF

/// An SPF record that the operator can change: that of the domain, or one of the own organisation that it includes.
package struct PublishedSPF: Subject {
  /// The TXT look-up that it came from.
  package let answer: Answer
  package let text: TXT
  package let record: SPFRecord

  package static func observe(_ facts: Facts) -> Observation<PublishedSPF> {
    let nodes = facts.spfNodes.filter { facts.ownership(of: $0.domain) == .own }
    let gaps = nodes.filter { $0.answer.failure != nil }.map { Gap($0.answer) }
    let published = nodes.flatMap { node in
      SPFRecord.select(node.answer.records).compactMap { text in
        SPFRecord(text.joined).map { PublishedSPF(answer: node.answer, text: text, record: $0) }
      }
    }
    return Observation(published, gaps: gaps)
  }

  /// The record of an answer that holds exactly one.
  package static func sole(in answer: Answer) -> PublishedSPF? {
    let texts = SPFRecord.select(answer.records)
    guard texts.count == 1, let text = texts.first, let record = SPFRecord(text.joined) else { return nil }
    return PublishedSPF(answer: answer, text: text, record: record)
  }

  /// The faults of the record that `isMeant` picks.
  package func faults(expected: Message? = nil, _ isMeant: (SPFFaultKind) -> Bool) -> [Fault] {
    record.faults.filter { isMeant($0.kind) }.map { fault in
      Fault(
        in: answer, "At octet \(fault.range.lowerBound + 1): \(own: fault.kind.description)",
        observed: "\(foreign: fault.term)", expected: expected, mend: mend)
    }
  }

  /// What the grammar allows and nobody means.
  package func remarks(
    severity: Severity? = nil, expected: Message? = nil, _ isMeant: (SPFRemark) -> Bool
  ) -> [Fault] {
    record.remarks.filter(isMeant).map { remark in
      Fault(
        in: answer, severity: severity,
        "At octet \(remark.range.lowerBound + 1): \(own: remark.kind.description)",
        observed: "\(foreign: Array(record.octets[remark.range]))", expected: expected, mend: mend)
    }
  }

  /// The corrected record, where it is beyond doubt what was meant.
  package var mend: Mend? {
    SPFCorrection.corrected(record).map { replacing(with: $0) }
  }

  package func replacing(with octets: [UInt8], note: String? = nil) -> Mend {
    let old = answer.records.filter { $0.data == .txt(text) }
    let ttl = old.first?.ttl ?? ZoneFile.defaultTTL
    return Mend(
      publish: [Record(old.first?.name ?? answer.question.name, ttl: ttl, .txt(TXT(joined: octets)))],
      remove: old,
      note: note)
  }

  /// The record without `terms`, for such as change nothing; nil where its faults make its meaning doubtful.
  package func removing(_ terms: [SPFTerm]) -> Mend? {
    guard record.faults.isEmpty else { return nil }
    var octets = record.octets
    for term in terms.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      octets.removeSubrange(term.range)
    }
    return replacing(with: Array(octets.split(separator: UInt8(ascii: " ")).joined(separator: [0x20])))
  }

  /// Networks of one mechanism with bits behind their prefix length (RFC 7208 §5.6): legal, and ignored.
  package func hostBits(of mechanism: String) -> [Fault] {
    let terms = record.terms.filter { $0.mechanism?.name == mechanism }
    return remarks(severity: .low, expected: "a network whose last bits are zero") { remark in
      remark.kind == .hostBits && terms.contains { $0.range.overlaps(remark.range) }
    }
  }
}
