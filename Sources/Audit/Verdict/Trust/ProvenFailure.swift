package import DNSData
package import Evidence

/// Why a look-up fails for everybody, and not only for whoever asked from here.
package enum ProvenFailure: Hashable, Sendable {
  /// Validating resolvers refuse the answer (RFC 4035 §5.5).
  case bogus(ChainBreak)
  /// All servers of the zone answer for it, and none of them this; the first of them.
  case servers(ServerAddress)

  /// Who shows it; `answer` is what the audit judges.
  package func source(_ answer: Answer?) -> Responder {
    switch self {
    case .bogus: answer?.responder ?? .nobody
    case .servers(let first): .server(first)
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
    return failingServers(question).first.map { .servers($0.server) }
  }

  /// All that have the question's zone, where they fail at it, each asked twice; else none. Every name server must be
  /// heard at one address at least: one that cannot be reached from here may well answer others.
  package func failingServers(_ question: Question) -> [NameServerView] {
    let authority = snapshot.zones.zone(of: question)
    guard let zone = zoneServers.subjects.first(where: { $0.zone == authority?.zone }) else { return [] }
    let failing = zone.speaking.filter { $0.isFailing(question) }
    guard failing.count == zone.speaking.count else { return [] }
    let isEachHeard = zone.authority.servers.allSatisfy { server in
      failing.contains { $0.names.contains(server.name) }
    }
    return isEachHeard ? failing : []
  }
}

extension NameServerView {
  fileprivate func isFailing(_ question: Question) -> Bool {
    failures.contains { failure in
      guard failure.question == question else { return false }
      return switch failure.finding {
      case .silence, .responseCode: true
      // Resolvers that take larger datagrams get it; and a denial is an answer.
      case .unfetchable, .deniesName: false
      }
    }
  }
}
