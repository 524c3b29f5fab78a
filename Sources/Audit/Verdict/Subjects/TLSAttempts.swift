package import Evidence

/// What the attempts at TLS prove about a server, with current and with old versions.
package enum TLSAttempts: Hashable, Sendable {
  /// With one of them TLS was reached: that it is old is another matter.
  case reached
  /// The server itself makes TLS impossible.
  case impossible(TLSFailure)
  /// None was made, or time, path or this side may be to blame.
  case undecided
}

extension MailServer {
  package var tlsAttempts: TLSAttempts {
    guard let handshake = probe.conversation?.handshake else { return .undecided }
    guard case .failed(let failure) = handshake.result else { return .reached }
    if case .completed = legacy?.conversation?.handshake?.result { return .reached }
    switch failure {
    // Plain text is that whatever was offered.
    case .notTLS: return .impossible(failure)
    // Who does not like a client at all closes before the first octet.
    case .endOfStream(received: 0) where service.security == .implicitTLS: return .undecided
    // It may be about the versions: old ones must have failed too.
    case .alert, .endOfStream:
      guard case .failed(let second) = legacy?.conversation?.handshake?.result, second.isOfServer else {
        return .undecided
      }
      return .impossible(failure)
    case .reset, .timedOut, .versionNotOffered, .protocolError, .limit, .ownFailure: return .undecided
    }
  }
}

/// What came of an offer of STARTTLS, or that there is none. Refused for now, not answered, or a handshake that may
/// have failed for other reasons than the server's: a gap.
package struct StartTLSOutcome: ServerSubject {
  package let server: MailServer
  package let session: MailSession

  package static func observe(_ facts: Facts) -> Observation<StartTLSOutcome> {
    let offers = facts.observation(of: StartTLSOffer.self)
    let outcomes = offers.subjects.map { StartTLSOutcome(server: $0.server, session: $0.session) }
    return Observation(outcomes.filter(\.isDecided), gaps: offers.gaps + outcomes.compactMap(\.gap))
  }

  private var isDecided: Bool {
    switch session.startTLS {
    case .notOffered, .ruledOutByPreauth, .implicit: true
    case .refused(let reply): reply.meaning == .permanent
    case .refusedUnlisted(let reply): reply.meaning != .temporary
    case .accepted: server.tlsAttempts != .undecided
    case .unseen, .unanswered: false
    }
  }

  private var gap: Gap? {
    guard !isDecided else { return nil }
    switch session.startTLS {
    case .refused(let reply), .refusedUnlisted(let reply):
      return server.gap(.noConversation(.turnedAway(reply)))
    case .notOffered, .ruledOutByPreauth, .implicit, .accepted, .unseen, .unanswered:
      return server.probe.conversation.flatMap { MailConversation(server: server, conversation: $0).gap }
    }
  }
}

extension TLSFailure {
  fileprivate var isOfServer: Bool {
    switch self {
    case .alert, .endOfStream, .reset, .notTLS, .versionNotOffered, .protocolError: true
    case .timedOut, .limit, .ownFailure: false
    }
  }

  /// What the server did.
  package var words: Message {
    switch self {
    case .alert(let number): "the server refuses the handshake with the TLS alert \(Int(number))"
    case .endOfStream: "the server closes the connection during the handshake"
    case .reset: "the connection is reset during the handshake"
    case .timedOut: "the handshake does not come to an end in time"
    case .notTLS: "the server goes on without TLS"
    case .versionNotOffered: "the server chooses a version of TLS that was not offered"
    case .protocolError: "what the server sends is no correct TLS"
    case .limit: "the server sends more than a handshake holds"
    case .ownFailure: "the handshake fails on this side"
    }
  }
}
