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

  /// One fault for each fault of the record that `describe` has words for.
  package func faults(
    expected: Message? = nil, severity: Severity? = nil, _ describe: (SPFFault) -> Message?
  ) -> [Fault] {
    record.faults.compactMap { fault in
      describe(fault).map { message in
        Fault(
          in: answer, severity: severity, message + " (at octet \(fault.range.lowerBound + 1)).",
          observed: "\(foreign: fault.term)", expected: expected, mend: mend)
      }
    }
  }

  /// The corrected record, where it is beyond doubt what was meant.
  package var mend: Mend? {
    SPFCorrection.corrected(record).map { replacing(with: $0) }
  }

  package func replacing(with octets: [UInt8]) -> Mend {
    let old = answer.records.filter { $0.data == .txt(text) }
    let ttl = old.first?.ttl ?? ZoneFile.defaultTTL
    return Mend(
      publish: [Record(old.first?.name ?? answer.question.name, ttl: ttl, .txt(TXT(joined: octets)))], remove: old)
  }
}

extension PublishedSPF {
  /// Networks of one family with bits behind their prefix length (RFC 7208 §5.6): legal and ignored.
  package func hostBits(in family: AddressFamily) -> [Fault] {
    record.terms.compactMap { term in
      guard let network = term.network, network.address.family == family, network.hasHostBits else { return nil }
      return Fault(
        in: answer, severity: .low,
        "The network \(foreign: term.text) has bits behind its prefix length, which receivers ignore.",
        expected: "a network whose last bits are zero")
    }
  }
}

extension SPFTerm {
  /// Of an `ip4` or `ip6` term.
  package var network: IPNetwork? {
    switch mechanism {
    case .ip4(let network), .ip6(let network): network
    case .all, .include, .a, .mx, .ptr, .exists, nil: nil
    }
  }
}
