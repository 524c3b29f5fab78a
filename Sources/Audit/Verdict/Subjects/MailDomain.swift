package import DNSData

/// Does the domain exist at all?
package struct DomainPresence: Subject {
  /// The MX look-up, which every audit makes.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<DomainPresence> {
    guard let mx = facts.mx else { return .notApplicable }
    guard mx.failure == nil else { return Observation([], gaps: [Gap(mx)]) }
    return Observation([DomainPresence(answer: mx)])
  }
}

/// The domain as a place for mail: its MX records and its role.
package struct MailDomain: Subject {
  package let name: Name
  package let mx: Answer
  package let role: DomainRole
  /// SPF lets somebody send.
  package let authorisesSenders: Bool

  package var hasOnlyNullMX: Bool {
    let exchangers = mx.records.compactMap(\.exchanger)
    return !exchangers.isEmpty && exchangers.allSatisfy(\.isNull)
  }

  package static func observe(_ facts: Facts) -> Observation<MailDomain> {
    guard let mx = facts.mx else { return .notApplicable }
    guard mx.failure == nil else { return Observation([], gaps: [Gap(mx)]) }
    // Without its SPF record the role of a domain without MX cannot be told, nor whether one with null MX sends.
    let spfGaps = mx.records.contains { $0.exchanger?.isNull == false } ? [] : facts.spfGaps
    guard facts.role != .nonexistent, facts.role != .noMail else { return .notApplicable }
    let domain = MailDomain(
      name: facts.domain, mx: mx, role: facts.role,
      authorisesSenders: facts.spfTree?.authorisesSomebody == true)
    return Observation([domain], gaps: spfGaps)
  }
}

extension Facts {
  /// The look-up of the domain's own SPF record, if it failed.
  package var spfGaps: [Gap] {
    guard let texts, texts.failure != nil else { return [] }
    return [Gap(texts)]
  }
}
