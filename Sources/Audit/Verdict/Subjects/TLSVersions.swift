package import Evidence

/// A mail server that was asked for TLS 1.2 and 1.3, and for the versions before them.
package struct TLSVersions: Subject {
  package let server: MailServer
  /// The old version that it accepts, in a handshake without the others; nil where it accepts none.
  package let old: TLSVersion?
  /// How it refused TLS 1.2 and 1.3; nil where it did not, and where that is not known.
  package let refusal: TLSFailure?

  package static func observe(_ facts: Facts) -> Observation<TLSVersions> {
    let conversations = facts.observation(of: MailConversation.self)
    var subjects: [TLSVersions] = []
    var gaps = conversations.gaps
    for conversation in conversations.subjects {
      let server = conversation.server
      guard let handshake = conversation.conversation.handshake else {
        if !conversation.session.startTLS.isProvenAbsent { gaps += [conversation.gap].compactMap(\.self) }
        continue
      }
      let old = server.legacy?.conversation?.handshake?.result
      switch (handshake.result, old) {
      case (.completed, .completed(let parameters)):
        subjects.append(TLSVersions(server: server, old: parameters.version, refusal: nil))
      case (.completed, .failed(let failure)) where failure.isRefusal:
        subjects.append(TLSVersions(server: server, old: nil, refusal: nil))
      case (.completed, .failed(let failure)):
        subjects.append(TLSVersions(server: server, old: nil, refusal: nil))
        gaps.append(server.gap(.noConversation(.handshakeFailed(failure))))
      case (.completed, nil): gaps.append(server.gapOfLegacy)
      case (.failed(let failure), .completed(let parameters)):
        subjects.append(
          TLSVersions(
            server: server, old: parameters.version, refusal: failure.isRefusalOfVersion ? failure : nil))
        if !failure.isRefusalOfVersion { gaps += [conversation.gap].compactMap(\.self) }
      case (.failed, .failed), (.failed, nil): gaps += [conversation.gap].compactMap(\.self)
      }
    }
    return Observation(subjects, gaps: gaps)
  }
}

extension MailServer {
  /// Why the handshake with old versions did not come about.
  fileprivate var gapOfLegacy: Gap {
    switch legacy?.outcome {
    case nil, .notTried: gap(.notTested(.limitReached))
    case .refused: gap(.noConversation(.refusedConnection))
    case .timedOut: gap(.noConversation(.connectionTimedOut))
    case .unreachable: gap(.noConversation(.unreachable))
    case .conversed(let conversation):
      switch conversation.session.ending {
      case .refused(let reply), .shutDown(let reply): gap(.noConversation(.turnedAway(reply)))
      case .interrupted(let interruption):
        gap(.noConversation(.ended(interruption, conversation.session.stage)))
      case .completed, .violated, .exceeded:
        gap(.noConversation(.unintelligible(conversation.session.stage)))
      }
    }
  }
}

extension TLSFailure {
  /// The server ended the handshake, or answered with what was not offered.
  fileprivate var isRefusal: Bool {
    switch self {
    case .alert, .endOfStream, .reset, .versionNotOffered, .protocolError, .notTLS: true
    case .timedOut, .limit, .ownFailure: false
    }
  }

  /// It did so over the version: handshake_failure, protocol_version and internal_error are what servers send then, or
  /// nothing at all.
  fileprivate var isRefusalOfVersion: Bool {
    switch self {
    case .alert(let number): [40, 70, 80].contains(number)
    case .endOfStream(let received): received == 0
    case .versionNotOffered: true
    case .reset, .timedOut, .notTLS, .protocolError, .limit, .ownFailure: false
    }
  }
}
