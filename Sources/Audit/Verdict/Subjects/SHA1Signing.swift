internal import Evidence

/// A mail server that was asked to sign a TLS 1.2 handshake with SHA-1. Nobody asks without `--probe full`.
package struct SHA1Signing: ServerSubject {
  package let server: MailServer
  /// "RSA+SHA1"; nil where it refused.
  package let signature: String?

  package static func observe(_ facts: Facts) -> Observation<SHA1Signing> {
    guard facts.snapshot.request.probing.isFull else { return Observation([]) }
    let servers = facts.observation(of: TLSServer.self)
    var subjects: [SHA1Signing] = []
    var gaps = servers.gaps
    for server in servers.subjects.map(\.server) {
      switch server.sha1?.conversation?.handshake?.result {
      case .completed(let parameters):
        let signature = parameters.peerSignature.flatMap { $0.hasSuffix("+SHA1") ? $0 : nil }
        subjects.append(SHA1Signing(server: server, signature: signature))
      case .failed(.alert), .failed(.endOfStream), .failed(.reset), .failed(.protocolError),
        .failed(.versionNotOffered):
        subjects.append(SHA1Signing(server: server, signature: nil))
      case .failed(let failure): gaps.append(server.gap(.noConversation(.handshakeFailed(failure))))
      case nil: gaps.append(server.gapOfSHA1)
      }
    }
    return Observation(subjects, gaps: gaps)
  }
}

extension MailServer {
  fileprivate var gapOfSHA1: Gap {
    switch sha1?.outcome {
    case nil: gap(.notTested(.limitReached))
    case .notTried(let hindrance): gap(.notTested(NotTested(hindrance)))
    case .refused: gap(.noConversation(.refusedConnection))
    case .timedOut: gap(.noConversation(.connectionTimedOut))
    case .unreachable: gap(.noConversation(.unreachable))
    case .conversed(let conversation):
      gap(.noConversation(conversation.silence ?? .unintelligible(conversation.session.stage)))
    }
  }
}
