package import DNSData
package import Evidence

/// What a server that has the zone does not answer, asked twice.
package struct ServerFailure: Sendable {
  package enum Finding: Hashable, Sendable {
    /// Nothing comes back, over UDP or TCP, or for this type alone.
    case silence
    case responseCode(Int)
    /// Too large for UDP, and nothing comes over TCP.
    case unfetchable
    /// Asked for another type, it says that the name exists.
    case deniesName
  }

  package let question: Question
  package let finding: Finding
}

extension NameServerView {
  /// It answers questions that are asked with EDNS. What a server that does not fails at is that.
  var knowsEDNS: Bool {
    answers.contains { answer in
      guard answer.question.manner != .withoutEDNS, let message = answer.message else { return false }
      return message.isAuthoritative && message.failure == nil
    }
  }

  package var failures: [ServerFailure] {
    guard soa != nil, knowsEDNS else { return [] }
    let usual = answers.filter {
      $0.question.manner == .usual && $0.question.question.name.isAtOrBelow(zone)
    }
    let existing = Set(usual.filter(\.showsName).map(\.question.question.name))
    return usual.compactMap { answer in
      let question = answer.question.question
      if answer.deniesName, existing.contains(question.name) {
        return ServerFailure(question: question, finding: .deniesName)
      }
      return failure(answer).map { ServerFailure(question: question, finding: $0) }
    }
  }

  private func failure(_ first: ServerAnswer) -> ServerFailure.Finding? {
    let question = first.question.question
    if let message = first.message {
      guard message.failure != nil, message.responseCode != 0 else { return nil }
      // Where it answers when asked again it only held back, as servers do over UDP that limit rates.
      let again = [ServerQuestion.Manner.stream, .largePayload].compactMap { answer(question, $0)?.message }
      guard !again.isEmpty, again.allSatisfy({ $0.responseCode == message.responseCode }) else { return nil }
      return .responseCode(message.responseCode)
    }
    // Its other answers show that the way is open; a lost datagram is not lost thrice.
    guard isSilent(question, .usual), isSilent(question, .stream) else { return nil }
    guard let large = answer(question, .largePayload) else { return nil }
    guard let message = large.message else { return isSilent(question, .largePayload) ? .silence : nil }
    return message.wasTruncated || (message.datagramSize ?? 0) > Self.usualPayload ? .unfetchable : nil
  }

  /// In octets; offered when asked in the usual manner.
  private static let usualPayload = 1232
}

extension ServerAnswer {
  /// NXDOMAIN for the name that was asked for.
  package var deniesName: Bool {
    guard let message, message.isAuthoritative, case .noSuchName(let aliases) = message.outcome else {
      return false
    }
    return aliases.isEmpty
  }

  /// A record of the type that was asked for, or an alias, at the name.
  package var holdsName: Bool {
    guard let message, message.isAuthoritative else { return false }
    if case .records = message.outcome { return true }
    return !message.ownOutcome.aliases.isEmpty
  }

  /// There is something at the name that was asked for, or below.
  fileprivate var showsName: Bool {
    guard let message, message.isAuthoritative, message.referral == nil else { return false }
    switch message.ownOutcome {
    case .records: return true
    case .noData(let aliases): return aliases.isEmpty || message.alias != nil
    case .noSuchName(let aliases): return !aliases.isEmpty
    case .failure: return false
    }
  }
}
