package import DNSData
package import Evidence

/// Why a look-up fails for everybody, and not only for whoever asked from here.
package enum ProvenFailure: Hashable, Sendable {
  /// Validating resolvers refuse the answer (RFC 4035 §5.5).
  case bogus(ChainBreak)
  /// All servers of the zone answer for it, and none of them this; what the first of them said.
  case servers(ServerAnswer)

  /// Who shows it; `answer` is what the audit judges.
  package func source(_ answer: Answer?) -> Responder {
    switch self {
    case .bogus: answer?.responder ?? .nobody
    case .servers(let first): .server(first.question.server)
    }
  }

  /// Which link is broken, where other rules may come upon it too.
  package var link: BrokenLink? {
    switch self {
    case .bogus(let link): link.brokenLink
    case .servers: nil
    }
  }

  /// What "whoever looks" gets.
  package var words: Message {
    switch self {
    case .bogus(let link): "gets answers that do not validate, from \(link.question.name) on"
    case .servers: "gets no answer from any of the zone's name servers"
    }
  }
}

extension Facts {
  /// nil where the look-up works, and where it is not known for whom it fails.
  package func provenFailure(_ question: Question) -> ProvenFailure? {
    if case .bogus(let link) = trust(question) { return .bogus(link) }
    return failureAtServers(question).map(ProvenFailure.servers)
  }

  /// Of each server one address at least answers for the zone and fails at this, and none answers it: a server that
  /// cannot be reached from here at all may well answer others.
  private func failureAtServers(_ question: Question) -> ServerAnswer? {
    let enclosing = snapshot.zones.filter { question.name.isAtOrBelow($0.zone) }
    guard let zone = enclosing.max(by: { $0.zone.labelCount < $1.zone.labelCount }) else { return nil }
    let failures = zone.servers.map { server in
      server.addresses.map { ServerAddress($0) }.filter { isServing(zone.zone, $0) }.map {
        snapshot[ServerQuestion($0, question)]
      }
    }
    guard failures.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0?.isFailure == true } }) else { return nil }
    return failures.first?.first.flatMap(\.self)
  }

  private func isServing(_ zone: Name, _ server: ServerAddress) -> Bool {
    guard let message = snapshot[ServerQuestion(server, Question(zone, .soa))]?.message else { return false }
    return message.isAuthoritative && !message.outcome.isFailure
  }
}

extension ServerAnswer {
  fileprivate var isFailure: Bool {
    switch result {
    case .failure(let failure): !failure.isNotTested
    case .message(let message): message.referral == nil && message.outcome.isFailure
    }
  }
}

extension Outcome {
  fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
