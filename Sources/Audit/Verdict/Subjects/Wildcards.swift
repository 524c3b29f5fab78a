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

extension Facts {
  /// What stands at a name directly below the domain that nobody has published.
  func wildcard(_ type: RecordType) -> Answer? { wildcard(type, below: domain) }

  /// The same below another name; nil if it was not asked. Without a look-up of this type it is that of texts, if it
  /// says that there is no such name: that holds for all types (RFC 8020 §2).
  func wildcard(_ type: RecordType, below parent: Name) -> Answer? {
    guard let name = try? parent.prepending(snapshot.request.probeLabel) else { return nil }
    return snapshot.answer(name, type) ?? snapshot.answer(name, .txt).flatMap { $0.isMissingName ? $0 : nil }
  }

  /// A name that nobody has published says the same.
  func isWildcard(_ answer: Answer) -> Bool { answer.says(theSameAs: wildcard(.txt)) }
}

extension Answer {
  /// The same records by the same aliases, as a wildcard has them at every name.
  func says(theSameAs wildcard: Answer?) -> Bool {
    guard let wildcard, !wildcard.records.isEmpty || !wildcard.aliases.isEmpty else { return false }
    // The records of a set are in no order (RFC 2181 §5).
    return Set(records.map(\.data)) == Set(wildcard.records.map(\.data))
      && aliases.map(\.data) == wildcard.aliases.map(\.data)
  }

  /// The same aliases, whatever stands where they lead: there are some, and nobody made them for this name.
  func isAlias(of wildcard: Answer?) -> Bool {
    !aliases.isEmpty && aliases.map(\.data) == wildcard?.aliases.map(\.data)
  }
}
