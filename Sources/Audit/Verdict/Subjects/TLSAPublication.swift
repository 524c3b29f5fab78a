package import DANE
package import DNSData

/// The TLSA records for port 25 of one MX host. Whether they are signed, so that senders heed them at all, is not
/// looked at here.
package struct TLSAPublication: Subject {
  package let host: Name
  package let answer: Answer
  package let set: TLSASet

  package static func observe(_ facts: Facts) -> Observation<TLSAPublication> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    let looked = facts.exchangers.compactMap { host in
      TLSAName.of(host: host).flatMap { facts.snapshot.answer($0, .tlsa) }.map { (host: host, answer: $0) }
    }
    let published = looked.compactMap { host, answer -> TLSAPublication? in
      let records = answer.records.compactMap { if case .tlsa(let tlsa) = $0.data { tlsa } else { nil } }
      guard !records.isEmpty else { return nil }
      return TLSAPublication(host: host, answer: answer, set: TLSASet(records, for: .smtp))
    }
    return Observation(published, gaps: looked.map(\.answer).filter { $0.failure != nil }.map(Gap.init))
  }

  /// A fault of all records together.
  package func fault(_ message: Message, expected: Message? = nil) -> Fault {
    Fault(in: answer, message, expected: expected)
  }
}

extension TLSAAssessment {
  /// "3 1 1": the three numbers in front of the data, by which operators call a record.
  package var shortName: Message {
    "\(Int(record.usage)) \(Int(record.selector)) \(Int(record.matchingType))"
  }
}
