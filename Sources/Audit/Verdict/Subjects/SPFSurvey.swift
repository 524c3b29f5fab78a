package import DNSData
package import SPF

/// An own SPF record with what its terms lead to.
package struct SurveyedSPF: Subject {
  package let published: PublishedSPF
  /// Those that an evaluation can come to.
  package let terms: [SPFSurveyedTerm]

  package static func observe(_ facts: Facts) -> Observation<SurveyedSPF> {
    let nodes = facts.ownSPFNodes
    let surveyed = nodes.compactMap { node, answer in
      PublishedSPF.sole(in: answer).map {
        SurveyedSPF(published: $0, terms: node.terms.filter { $0.reach == .evaluated })
      }
    }
    let failed = nodes.map(\.answer).filter { $0.failure != nil }
    let hosts = surveyed.flatMap(\.terms).flatMap(\.failures).compactMap { facts.snapshot[$0.question] }
    return Observation(surveyed, gaps: (failed + hosts).map(Gap.init))
  }
}

/// What SPF says of everybody whom no term names, in a record that the operator can change. For domains that are not
/// for mail that is another question.
package struct SPFConclusion: Subject {
  package let published: PublishedSPF
  /// nil where the record just ends, which means neutral (RFC 7208 §4.7).
  package let all: SPFTerm?

  package static func observe(_ facts: Facts) -> Observation<SPFConclusion> {
    guard facts.spfGaps.isEmpty else { return Observation([], gaps: facts.spfGaps) }
    guard facts.role != .parked, facts.role != .nonexistent, let end = facts.spfTree?.end,
      facts.ownership(of: end.node.domain) == .own,
      let answer = facts.snapshot.answer(end.node.domain, .txt)
    else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    return Observation(
      PublishedSPF.sole(in: answer).map { [SPFConclusion(published: $0, all: end.all)] } ?? [])
  }
}

extension SPFTree {
  /// The record at the end of the redirects and its `all`; nil where there is no record, or one with a fault on the
  /// way, which is a permanent error.
  package var end: (node: SPFNode, all: SPFTerm?)? {
    var node = root
    while true {
      if case .failed = node.publication { return (node, nil) }
      guard let record = node.record, record.faults.isEmpty else { return nil }
      if let all = record.all { return (node, all) }
      guard record.redirect != nil else { return (node, nil) }
      guard let next = node.terms.first(where: { $0.term == record.redirect })?.child else { return nil }
      node = next
    }
  }
}

/// The explanation that an own record refers to (RFC 7208 §6.2).
package struct SPFExplained: Subject {
  package let term: SPFTerm
  package let explanation: SPFExplanation
  /// The look-up of the explanation.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<SPFExplained> {
    let explained = facts.ownSPFNodes.flatMap(\.node.terms).compactMap { surveyed -> SPFExplained? in
      guard let explanation = surveyed.explanation, case .name(let target) = surveyed.target,
        let answer = facts.snapshot.answer(target, .txt)
      else { return nil }
      return SPFExplained(term: surveyed.term, explanation: explanation, answer: answer)
    }
    return Observation(
      explained.filter { $0.answer.failure == nil },
      gaps: facts.spfGaps + explained.map(\.answer).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// A sending address whose reverse names SPF asks for, by `ptr` or `%{p}`.
package struct SPFReverseSender: Subject {
  package let sender: Sender

  package static func observe(_ facts: Facts) -> Observation<SPFReverseSender> {
    let terms = (facts.spfTree?.nodes ?? []).flatMap(\.terms).filter { $0.reach == .evaluated }
    guard terms.contains(where: \.term.asksForReverseNames) else {
      return Observation([], gaps: facts.spfGaps)
    }
    let senders = facts.observation(of: Sender.self)
    return Observation(senders.subjects.map { SPFReverseSender(sender: $0) }, gaps: senders.gaps)
  }
}

extension SPFTerm {
  package var usesValidatedName: Bool { domainSpec?.text.letters.contains(.validatedName) == true }

  fileprivate var asksForReverseNames: Bool {
    if case .ptr = mechanism { true } else { usesValidatedName }
  }
}

/// A record of the obsolete type SPF.
package struct SPFTypeRecord: Subject {
  package let answer: Answer
  package let record: Record
  /// Its strings joined; nil if they cannot be told apart.
  package let text: [UInt8]?
  /// The look-up of the TXT records, which receivers read.
  package let texts: Answer

  package static func observe(_ facts: Facts) -> Observation<SPFTypeRecord> {
    guard let answer = facts.snapshot.answer(facts.domain, .spf), let texts = facts.texts else {
      return .notApplicable
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let records = answer.records.map { record in
      SPFTypeRecord(answer: answer, record: record, text: joinedStrings(of: record), texts: texts)
    }
    return Observation(records, gaps: records.isEmpty ? [] : facts.spfGaps)
  }

  /// The strings of a TXT record (RFC 1035 §3.3.14), which this type has too.
  private static func joinedStrings(of record: Record) -> [UInt8]? {
    guard case .unknown(_, var rest) = record.data else { return nil }
    var text: [UInt8] = []
    while let length = rest.first {
      guard Int(length) < rest.count else { return nil }
      text += rest.dropFirst().prefix(Int(length))
      rest.removeFirst(1 + Int(length))
    }
    return text
  }
}

extension Facts {
  /// Each surveyed domain of the own organisation once, with the look-up of its record.
  fileprivate var ownSPFNodes: [(node: SPFNode, answer: Answer)] {
    var seen: Set<Name> = []
    return (spfTree?.nodes ?? []).compactMap { node in
      guard ownership(of: node.domain) == .own, seen.insert(node.domain).inserted,
        let answer = snapshot.answer(node.domain, .txt)
      else { return nil }
      return (node, answer)
    }
  }
}
