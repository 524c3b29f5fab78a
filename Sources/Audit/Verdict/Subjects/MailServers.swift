package import Crypto
package import DNSData
package import Evidence
import Expectation
import MailDiscovery

/// One service of one host at one address, and everything that connections to it showed.
package struct MailServer: Hashable, Sendable {
  package let host: Name
  package let address: IPAddress
  package let service: ProbedService
  package let ownership: Ownership
  /// An SRV record of the domain leads here, or the operator means it to be open.
  package let isAnnounced: Bool
  /// With TLS as everybody offers it.
  package let probe: ServerProbe
  /// With TLS 1.0 and 1.1 alone; nil where TLS was not reached at all.
  package let legacy: ServerProbe?
  /// For the certificate of the other algorithm, RSA or ECDSA; nil where nobody asked.
  package let other: ServerProbe?
  /// With signatures over SHA-1 alone; nil where nobody asked.
  package let sha1: ServerProbe?
  /// Further than clients go; nil where nobody asked.
  package let trial: ServerProbe?

  package var isForMail: Bool { service == .smtp }
  package var place: Place { Place(host, address: address, port: service.port) }
  package var responder: Responder { .server(ServerAddress(address, port: service.port)) }

  /// "mail.example.com, port 25 at 192.0.2.1".
  package var words: Message { "\(host), port \(Int(service.port)) at \(address)" }

  package func fault(
    severity: Severity? = nil, _ message: Message, observed: Message? = nil, expected: Message? = nil,
    link: BrokenLink? = nil
  ) -> Fault {
    Fault(
      at: place, saidBy: responder, severity: severity, message, observed: observed, expected: expected,
      link: link)
  }

  func gap(_ reason: Gap.Reason) -> Gap { Gap(place, reason) }
}

extension Facts {
  /// Sorted by host, address and port.
  package var mailServers: [MailServer] {
    let announced = announcedDoors
    return snapshot.probes.compactMap { probe in
      guard probe.request.policy == .modern, probe.request.conduct == .usual,
        let host = probe.request.serverName
      else { return nil }
      func same(_ policy: TLSPolicy) -> ServerProbe? {
        let request = probe.request
        return snapshot[ProbeRequest(request.address, request.service, serverName: host, policy: policy)]
      }
      let trial = ProbeRequest(
        probe.request.address, probe.request.service, serverName: host, conduct: .trial)
      return MailServer(
        host: host, address: probe.request.address, service: probe.request.service,
        ownership: ownership(of: host),
        isAnnounced: announced.contains(Door(host: host, port: probe.request.service.port)), probe: probe,
        legacy: same(.legacy), other: same(.rsaOnly) ?? same(.ecdsaOnly), sha1: same(.sha1Only),
        trial: snapshot[trial])
    }
  }

  /// Why no server was called, where there are some: none of the rules about servers could be judged.
  var probingGaps: [Gap] {
    guard role != .nonexistent else { return [] }
    if let mx, mx.failure != nil { return [Gap(mx)] }
    guard snapshot.request.probing == .none, !exchangers.isEmpty || role == .implicitMail else { return [] }
    return [Gap(Place(domain), .notTested(.notProbed))]
  }

  var isSMTPBlocked: Bool { OutgoingSMTP(snapshot.probes) == .blocked }

  private struct Door: Hashable {
    let host: Name
    let port: UInt16
  }

  private var announcedDoors: Set<Door> {
    let records = MailService.allCases.compactMap { $0.owner(for: domain) }.flatMap {
      snapshot.answer($0, .srv)?.records ?? []
    }
    let expected = expectedHosts.flatMap { host in
      host.services(.open).map { Door(host: host.name, port: $0.port) }
    }
    return Set(
      records.compactMap {
        if case .srv(let srv) = $0.data { Door(host: srv.target, port: srv.port) } else { nil }
      } + expected)
  }
}

/// A mail server that was called, whatever came of it.
package struct MailDoor: Subject {
  package enum Finding: Hashable, Sendable {
    case answers(Conversation)
    /// The connection was refused: nothing listens.
    case closed
    /// No answer, or none from the host itself.
    case silent
  }

  package let server: MailServer
  package let finding: Finding

  package static func observe(_ facts: Facts) -> Observation<MailDoor> {
    let isBlocked = facts.isSMTPBlocked
    var doors: [MailDoor] = []
    var gaps = facts.probingGaps.isEmpty ? facts.uncalledServers : facts.probingGaps
    for server in facts.mailServers {
      switch server.probe.outcome {
      case .conversed(let conversation):
        doors.append(MailDoor(server: server, finding: .answers(conversation)))
      case .refused: doors.append(MailDoor(server: server, finding: .closed))
      case .timedOut where server.isForMail && isBlocked: gaps.append(server.gap(.notTested(.smtpBlocked)))
      case .timedOut, .unreachable: doors.append(MailDoor(server: server, finding: .silent))
      case .notTried(let hindrance): gaps.append(server.gap(.notTested(NotTested(hindrance))))
      }
    }
    return Observation(doors, gaps: gaps)
  }

  /// What is not known of a server that did not converse; nil for a closed port, of which everything is.
  var gap: Gap? {
    switch finding {
    case .answers: nil
    case .closed:
      server.isForMail || server.isAnnounced ? server.gap(.noConversation(.refusedConnection)) : nil
    // On ports that need not be there, a filter looks like this.
    case .silent where !server.isForMail && !server.isAnnounced: nil
    case .silent:
      server.gap(
        .noConversation(server.probe.outcome == .timedOut ? .connectionTimedOut : .unreachable))
    }
  }
}

/// A mail server that accepted the connection.
package struct MailConversation: Subject {
  package let server: MailServer
  package let conversation: Conversation
  package var session: MailSession { conversation.session }

  package static func observe(_ facts: Facts) -> Observation<MailConversation> {
    let doors = facts.observation(of: MailDoor.self)
    let conversations = doors.subjects.compactMap { door -> MailConversation? in
      guard case .answers(let conversation) = door.finding else { return nil }
      return MailConversation(server: door.server, conversation: conversation)
    }
    return Observation(conversations, gaps: doors.gaps + doors.subjects.compactMap(\.gap))
  }

  var gap: Gap? { conversation.silence.map { server.gap(.noConversation($0)) } }
}

extension Conversation {
  /// Why the session told less than was asked; nil for a complete one.
  package var silence: SilentServer? {
    switch session.ending {
    case .completed: nil
    case .refused(let reply), .shutDown(let reply): .turnedAway(reply)
    case .interrupted(.tlsFailed):
      if case .failed(let failure) = handshake?.result {
        .handshakeFailed(failure)
      } else {
        .ended(.tlsFailed, session.stage)
      }
    case .interrupted(let interruption): .ended(interruption, session.stage)
    case .violated, .exceeded: .unintelligible(session.stage)
    }
  }
}

/// A mail server on a port for STARTTLS, where it is known whether it offers it.
package struct StartTLSOffer: Subject {
  package let server: MailServer
  package let conversation: Conversation
  package var session: MailSession { conversation.session }

  package static func observe(_ facts: Facts) -> Observation<StartTLSOffer> {
    let conversations = facts.observation(of: MailConversation.self)
    let onDemand = conversations.subjects.filter { $0.server.service.security == .startTLS }
    let known = onDemand.filter { $0.session.startTLS != .unseen }
    return Observation(
      known.map { StartTLSOffer(server: $0.server, conversation: $0.conversation) },
      gaps: conversations.gaps + onDemand.filter { $0.session.startTLS == .unseen }.compactMap(\.gap))
  }
}

/// A mail server with which a TLS handshake was completed.
package struct TLSServer: Subject {
  package let server: MailServer
  package let handshake: TLSHandshake
  package let parameters: TLSParameters
  /// nil for a certificate that cannot be read.
  package let certificate: Certificate?
  /// nil without a CA store.
  package let verdicts: CertificateVerdicts?

  package static func observe(_ facts: Facts) -> Observation<TLSServer> {
    let conversations = facts.observation(of: MailConversation.self)
    var servers: [TLSServer] = []
    var gaps = conversations.gaps
    for conversation in conversations.subjects {
      if let server = TLSServer(conversation) {
        servers.append(server)
      } else if !conversation.session.startTLS.isProvenAbsent, let gap = conversation.gap {
        gaps.append(gap)
      }
    }
    return Observation(servers, gaps: gaps)
  }

  init?(_ conversation: MailConversation) {
    guard let handshake = conversation.conversation.handshake,
      case .completed(let parameters) = handshake.result
    else { return nil }
    server = conversation.server
    self.handshake = handshake
    self.parameters = parameters
    certificate = handshake.chain.first.flatMap { try? Certificate(der: $0.octets) }
    verdicts = conversation.conversation.certificate
  }

  package func fault(
    severity: Severity? = nil, _ message: Message, observed: Message? = nil, expected: Message? = nil
  ) -> Fault {
    server.fault(severity: severity, message, observed: observed, expected: expected)
  }
}

extension NotTested {
  package init(_ hindrance: ServerProbe.Hindrance) {
    self =
      switch hindrance {
      case .addressNotAllowed: .addressNotAllowed
      case .familyMissing: .familyMissing
      case .limitReached: .limitReached
      case .noTLSHere: .noTLSHere
      }
  }
}
