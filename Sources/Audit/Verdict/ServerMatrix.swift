/// Address × port: what the connections to mail servers showed, each fact by itself. One value for every report.
import Crypto
import DANE
package import DNSData
package import Evidence

package struct ServerMatrix: Hashable, Sendable {
  /// Sorted by host, address and port; empty where no server was called.
  package let rows: [ServerRow]

  package init(_ facts: Facts) {
    let isBlocked = facts.isSMTPBlocked
    rows = facts.mailServers.map { ServerRow($0, in: facts, isSMTPBlocked: isBlocked) }
  }
}

/// One service of one host at one address.
package struct ServerRow: Hashable, Sendable {
  package let host: Name
  package let address: IPAddress
  package let service: ProbedService
  /// What did not work; nil if everything was asked and answered.
  package let trouble: ServerTrouble?
  /// nil without a completed handshake.
  package let tls: TLSFacts?
  /// Ports that nobody announced, and that are closed or filtered, are of none.
  package let isOfInterest: Bool

  init(_ server: MailServer, in facts: Facts, isSMTPBlocked: Bool) {
    host = server.host
    address = server.address
    service = server.service
    switch server.probe.outcome {
    case .conversed(let conversation): trouble = ServerTrouble(conversation)
    case .refused: trouble = .closed
    case .timedOut where server.isForMail && isSMTPBlocked: trouble = .notTested(.smtpBlocked)
    case .timedOut: trouble = .noAnswer
    case .unreachable: trouble = .unreachable
    case .notTried(let hindrance): trouble = .notTested(NotTested(hindrance))
    }
    tls = server.probe.conversation.flatMap { TLSFacts($0, server, facts) }
    switch trouble {
    case .closed, .noAnswer, .unreachable: isOfInterest = server.isForMail || server.isAnnounced
    case nil, .notTested, .noStartTLS, .startTLSRefused, .incomplete: isOfInterest = true
    }
  }
}

package enum ServerTrouble: Hashable, Sendable {
  case closed
  case noAnswer
  case unreachable
  case notTested(NotTested)
  /// Proven: nobody gets TLS on this port.
  case noStartTLS
  case startTLSRefused(MailReply)
  /// The conversation ended early, before TLS or inside it.
  case incomplete(SilentServer)

  package init?(_ conversation: Conversation) {
    switch conversation.session.startTLS {
    case .notOffered, .ruledOutByPreauth: self = .noStartTLS
    case .refused(let reply), .refusedUnlisted(let reply): self = .startTLSRefused(reply)
    case .implicit, .unseen, .unanswered, .accepted:
      guard let silence = conversation.silence else { return nil }
      self = .incomplete(silence)
    }
  }
}

/// What a completed handshake showed, and what the certificate is worth.
package struct TLSFacts: Hashable, Sendable {
  package let parameters: TLSParameters
  /// nil without a CA store, in this and the next two.
  package let trust: TrustVerdict?
  package let dates: DateVerdict?
  package let nameMatches: Bool?
  /// nil where the server said nothing of it.
  package let revocation: RevocationVerdict?
  /// Of the server's own certificate; nil if it cannot be read.
  package let notAfter: Timestamp?
  package let tlsa: TLSAStanding
  /// TLS 1.0 or 1.1, if the server accepts it; nil also where that was not learnt.
  package let legacyVersion: TLSVersion?

  init?(_ conversation: Conversation, _ server: MailServer, _ facts: Facts) {
    guard let handshake = conversation.handshake, case .completed(let parameters) = handshake.result else {
      return nil
    }
    self.parameters = parameters
    trust = conversation.certificate?.trust
    dates = conversation.certificate?.dates
    nameMatches = conversation.certificate?.names.first?.matches
    revocation = conversation.certificate?.revocation
    notAfter = handshake.chain.first.flatMap { try? Certificate(der: $0.octets) }?.notAfter
    tlsa = TLSAStanding(of: handshake, server, facts)
    legacyVersion =
      if case .completed(let old) = server.legacy?.conversation?.handshake?.result { old.version } else {
        nil
      }
  }
}

/// TLSA records against the certificates that a server shows. Whether the records are signed, so that anybody heeds
/// them, is not looked at here.
package enum TLSAStanding: String, Hashable, Sendable, CaseIterable {
  /// Nobody looked for records of this port.
  case notAsked
  /// The look-up failed, or the chain cannot be judged.
  case unknown
  case none
  /// None of the records can authenticate a mail server (RFC 7672 §3.1.3).
  case unusable
  case matches
  /// One of the two certificates, RSA or ECDSA, matches, the other does not.
  case matchesPartly
  case mismatches

  init(of handshake: TLSHandshake, _ server: MailServer, _ facts: Facts) {
    let name = TLSAName.of(host: server.host, port: server.service.port)
    guard let answer = name.flatMap({ facts.snapshot.answer($0, .tlsa) }) else {
      // RFC 8020 §2: nothing stands below a name that does not exist.
      let parent = TLSAName.parent(of: server.host).flatMap { facts.snapshot.answer($0, .tlsa) }
      self = if case .noSuchName = parent?.outcome { .none } else { .notAsked }
      return
    }
    guard answer.failure == nil else {
      self = .unknown
      return
    }
    // RFC 7672 §3.2.3: the MX host, or the mail domain itself.
    let names = server.isForMail ? [server.host, facts.domain] : [server.host]
    let other = server.other?.conversation?.handshake
    let standings = [handshake, other].compactMap(\.self).compactMap {
      Self.standing(of: $0, answer.tlsa, names, at: facts.snapshot.started)
    }
    switch (standings.contains(.matches), standings.contains(.mismatches)) {
    case (true, true): self = .matchesPartly
    case (true, false): self = .matches
    case (false, true): self = .mismatches
    case (false, false): self = standings.first ?? .unknown
    }
  }

  /// nil for a handshake that was not completed.
  private static func standing(
    of handshake: TLSHandshake, _ records: [TLSA], _ names: [Name], at time: Timestamp
  ) -> TLSAStanding? {
    guard case .completed = handshake.result else { return nil }
    guard !records.isEmpty else { return TLSAStanding.none }
    guard
      let verdict = try? DANEAuthentication.judge(handshake.chain, against: records, names: names, at: time)
    else { return .unknown }
    return switch verdict {
    case .noUsableRecord: .unusable
    case .authenticated: .matches
    case .failed: .mismatches
    }
  }
}
