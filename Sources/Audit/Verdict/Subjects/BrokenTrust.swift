package import DNSData
package import Evidence

/// What breaks a chain of trust, with all that breaks by it. One cause in one zone is one subject, however many names
/// and links show it.
package struct BrokenTrust: Subject {
  package enum Cause: Hashable, Sendable, CaseIterable {
    /// The DS records name no key that the zone has.
    case delegation
    case expired, notYetValid
    case noSignature
    case denial
    /// There is a signature, and it does not hold.
    case badSignature
  }

  package let zone: Name
  package let cause: Cause
  /// Of several the first: keys before data.
  package let link: ChainBreak
  /// What was asked for, but for keys and delegations.
  package let questions: [Question]
  /// An audited name is among them, or an MX host.
  package let isOwn: Bool

  package static func observe(_ facts: Facts) -> Observation<BrokenTrust> {
    let broken = facts.brokenTrust
    guard broken.isEmpty else { return Observation(broken) }
    // Signatures hold as far as anything was validated; nothing of that is not tested.
    guard !facts.validations.isEmpty else {
      return Observation([], gaps: [Gap(Place(facts.domain), .notTested(.notValidated))])
    }
    return facts.validations.values.contains { $0.security == .secure } ? Observation([]) : .notApplicable
  }
}

extension Facts {
  fileprivate var brokenTrust: [BrokenTrust] {
    struct Key: Hashable {
      let zone: Name
      let cause: BrokenTrust.Cause
    }
    var order: [Key] = []
    var found: [Key: [(link: ChainBreak, question: Question)]] = [:]
    for validation in bogus {
      guard case .bogus(let link) = validation.security, !isOfBlocklist(validation.question) else { continue }
      let key = Key(zone: link.zone, cause: link.reason.cause)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append((link, validation.question))
    }
    return order.compactMap { key in
      guard let all = found[key], let link = all.map(\.link).min(by: { $0.rank < $1.rank }) else {
        return nil
      }
      let questions = all.map(\.question).filter { $0.type != .ds && $0.type != .dnskey }
      return BrokenTrust(
        zone: key.zone, cause: key.cause, link: link, questions: questions,
        isOwn: questions.contains { ownership(of: $0.name) == .own || exchangers.contains($0.name) })
    }
  }

  private func isOfBlocklist(_ question: Question) -> Bool {
    snapshot.request.blocklists.contains { question.name.isAtOrBelow($0.zone) }
  }
}

extension ChainBreak {
  fileprivate var rank: Int {
    switch question.type {
    case .dnskey: 0
    case .ds: 1
    default: 2
    }
  }
}

extension ChainBreak.Reason {
  fileprivate var cause: BrokenTrust.Cause {
    switch self {
    case .noKeys, .noKeyMatchesDelegation: .delegation
    case .expired: .expired
    case .notYetValid: .notYetValid
    case .noSignature: .noSignature
    case .denial: .denial
    case .signerIsNoZone, .noSuchKey, .unsupportedAlgorithm, .malformedSignature, .badSignature,
      .aliasMismatch,
      .limit:
      .badSignature
    }
  }
}

extension ChainBreak {
  /// For all findings that come upon it.
  package var brokenLink: BrokenLink { .trust(in: zone, reason.cause) }
}

extension BrokenTrust {
  private static let shown = 6  // names with types

  /// The one finding about this cause, whichever rule tells it. What breaks in a third party's zone is its owner's.
  package var fault: Fault {
    let listed = questions.prefix(Self.shown).map { "\($0)" as Message }
    let rest = questions.count - listed.count
    let names = rest > 0 ? listed + ["\(rest) more"] : Array(listed)
    let consequence: Message =
      names.isEmpty
      ? "Validating resolvers answer nothing below it."
      : "Validating resolvers do not answer \(names.enumeration)."
    let delivery: Message =
      questions.contains { $0.type == .tlsa } ? " Senders that use DANE hold mail for these hosts back." : ""
    return Fault(
      at: Place(link.question.name, link.question.type), saidBy: .nobody,
      severity: isOwn || questions.isEmpty ? .critical : .high,
      "The chain of trust breaks at \(link.zone): \(link.message). \(consequence)\(delivery)",
      link: link.brokenLink)
  }
}
