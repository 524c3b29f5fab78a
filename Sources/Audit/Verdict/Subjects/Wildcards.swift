package import DNSData
import SPF

/// What a name below a mail domain says that nobody has published: the answers of a wildcard (RFC 4592).
package struct TextWildcard: Subject {
  package let answer: Answer
  /// SPF records apart, which RFC 7208 §3.5 wants there.
  package let texts: [TXT]

  package static func observe(_ facts: Facts) -> Observation<TextWildcard> {
    guard let answer = facts.wildcard(.txt), facts.role.sends || facts.role == .undetermined else {
      return .notApplicable
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let policies = SPFRecord.select(answer.records)
    let texts = answer.records.compactMap { if case .txt(let text) = $0.data { text } else { nil } }
    let others = texts.filter { !policies.contains($0) }
    guard facts.role.sends else { return Observation([], gaps: others.isEmpty ? [] : facts.roleGaps) }
    return Observation([TextWildcard(answer: answer, texts: others)])
  }
}

/// Mail hosts for every name below the domain.
package struct MailWildcard: Subject {
  package let answer: Answer
  /// Without null MX.
  package let exchangers: [MX]
  /// Such names have an SPF record too, so that the wildcard was thought through.
  package let hasPolicy: Bool

  package static func observe(_ facts: Facts) -> Observation<MailWildcard> {
    guard let answer = facts.wildcard(.mx), let texts = facts.wildcard(.txt), facts.role != .nonexistent
    else {
      return .notApplicable
    }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let exchangers = answer.records.compactMap(\.exchanger).filter { !$0.isNull }
    guard exchangers.isEmpty || texts.failure == nil else { return Observation([], gaps: [Gap(texts)]) }
    if exchangers.isEmpty, !facts.role.sends { return .notApplicable }
    return Observation([
      MailWildcard(
        answer: answer, exchangers: exchangers, hasPolicy: !SPFRecord.select(texts.records).isEmpty)
    ])
  }
}
