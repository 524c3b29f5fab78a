package import DNSData
import Evidence
import Expectation
package import MailDiscovery

/// A host and port to which SRV records of a service lead, and what was found at its addresses.
package struct AnnouncedServer: Subject {
  package let service: MailService
  /// The SRV look-up.
  package let answer: Answer
  package let host: Name
  package let port: UInt16
  package let doors: [MailDoor]
  /// The doors at the same place that were called in the other way: TLS first, or on demand.
  package let otherway: [MailDoor]
  /// The same purpose with TLS from the start is announced too.
  package let hasSecureVariant: Bool

  package static func observe(_ facts: Facts) -> Observation<AnnouncedServer> {
    let published = facts.observation(of: PublishedService.self)
    let doors = facts.observation(of: MailDoor.self)
    var servers: [AnnouncedServer] = []
    var gaps = published.gaps + facts.probingGaps
    for service in published.subjects {
      let places = Set(
        service.records.records.filter { !$0.isNull }.map { Target(host: $0.target, port: $0.port) })
      for place in places.sorted(by: { ($0.host, $0.port) < ($1.host, $1.port) }) {
        let there = doors.subjects.filter {
          $0.server.host == place.host && $0.server.service.port == place.port
        }
        let called = there.filter { service.records.service.isSpoken(by: $0.server.service) }
        let untried = doors.gaps.filter { gap in
          gap.place.name == place.host && [nil, place.port].contains(gap.place.port) && !gaps.contains(gap)
        }
        let silent = called.filter { $0.finding == .silent }.compactMap(\.gap)
        gaps += untried + silent
        servers.append(
          AnnouncedServer(
            service: service.records.service, answer: service.answer, host: place.host, port: place.port,
            doors: called,
            otherway: there.filter { !service.records.service.isSpoken(by: $0.server.service) },
            hasSecureVariant: service.secureVariant?.bestPriority != nil,
            isComplete: untried.isEmpty && silent.isEmpty
              && HostAddresses(place.host, in: facts).addresses.count == called.count))
      }
    }
    return Observation(servers.filter { !$0.doors.isEmpty }, gaps: gaps)
  }

  private let isComplete: Bool

  /// Nothing listens at any address.
  package var isClosed: Bool { isComplete && doors.allSatisfy { $0.finding == .closed } }

  /// STARTTLS beside TLS from the start, which is announced too: what is wrong with it is `srv.legacy-without-service`.
  package var isLeftover: Bool { isClosed && hasSecureVariant }

  /// The server there speaks first, and nothing of this protocol.
  package func speaksAnother(_ door: MailDoor) -> Bool {
    guard case .answers(let conversation) = door.finding, case .violated = conversation.session.ending else {
      return false
    }
    let isTLS = otherway.contains {
      $0.server.address == door.server.address && $0.server.tlsAttempts == .reached
    }
    return conversation.session.greeting == nil && !isTLS
  }

  /// Another service's: `srv.port-wrong` says so, and what comes of it need not be said again.
  package var isAtPortOfAnother: Bool { service.isPortOfAnother(port) }

  private struct Target: Hashable {
    let host: Name
    let port: UInt16
  }

  private init(
    service: MailService, answer: Answer, host: Name, port: UInt16, doors: [MailDoor], otherway: [MailDoor],
    hasSecureVariant: Bool, isComplete: Bool
  ) {
    self.service = service
    self.answer = answer
    self.host = host
    self.port = port
    self.doors = doors
    self.otherway = otherway
    self.hasSecureVariant = hasSecureVariant
    self.isComplete = isComplete
  }
}

/// A mail service that own MX hosts offer at its registered port, and what the domain's SRV records say of it.
package struct OfferedService: Subject {
  package let service: MailService
  package let servers: [MailServer]
  /// The SRV look-up, which did not fail.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<OfferedService> {
    // Who has said how the domain is meant to be wants no others announced.
    guard facts.hasMailboxes, facts.expected?.discovery.services != .ignored else { return .notApplicable }
    let doors = facts.observation(of: MailDoor.self)
    let own = doors.subjects.filter {
      $0.server.ownership == .own && facts.exchangers.contains($0.server.host) && $0.isInService
    }
    let answers = MailService.allCases.compactMap { service in
      service.owner(for: facts.domain).flatMap { facts.snapshot.answer($0, .srv) }.map { (service, $0) }
    }
    let offered = answers.compactMap { service, answer -> OfferedService? in
      let servers = own.map(\.server).filter {
        $0.service.port == service.registeredPort && service.isSpoken(by: $0.service)
      }
      guard answer.failure == nil, !servers.isEmpty else { return nil }
      return OfferedService(service: service, servers: servers, answer: answer)
    }
    // Ports that did not answer are nothing that would have to be announced.
    return Observation(
      offered, gaps: facts.probingGaps + answers.map(\.1).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// Mail programs can reach this domain's hosts; where it is known whether they can with TLS from the first octet.
package struct ClientAccess: Subject {
  /// Ports that answered without it.
  package let onDemand: [MailServer]
  package let hasImplicitTLS: Bool

  package static func observe(_ facts: Facts) -> Observation<ClientAccess> {
    let doors = facts.observation(of: MailDoor.self)
    let ours = doors.subjects.filter { !$0.server.isForMail }
    let onDemand = ours.filter {
      $0.server.service.security == .startTLS && $0.server.service.mailProtocol != .manageSieve
        && $0.isInService
    }
    let implicit = ours.filter {
      $0.server.service.security == .implicitTLS && $0.server.service.mailProtocol != .pop3
    }
    let uncalledHosts = doors.gaps.filter {
      $0.place.port == nil && !facts.isElsewhere($0, than: ServerScopes.Clients.includes)
    }
    guard !onDemand.isEmpty else { return Observation([], gaps: uncalledHosts) }
    if implicit.contains(where: { $0.server.tlsAttempts == .reached }) {
      return Observation([ClientAccess(onDemand: onDemand.map(\.server), hasImplicitTLS: true)])
    }
    let untried = doors.gaps.filter { gap in [465, 993].contains(gap.place.port) }
    let undecided = implicit.compactMap(\.undecided)
    // `--port` may have left them out.
    let uncalled = Set(onDemand.map(\.server.host)).filter { host in
      ![465, 993].allSatisfy { port in
        implicit.contains { $0.server.host == host && $0.server.service.port == port }
      }
    }.sorted()
    let gaps = uncalledHosts + untried + undecided + uncalled.map { Gap(Place($0), .notTested(.notProbed)) }
    guard gaps.isEmpty else { return Observation([], gaps: gaps) }
    return Observation([ClientAccess(onDemand: onDemand.map(\.server), hasImplicitTLS: false)])
  }
}

extension MailDoor {
  /// It greeted as a server that is open, inside TLS where TLS comes first.
  fileprivate var isInService: Bool {
    guard case .answers(let conversation) = finding else { return false }
    switch server.service.security {
    case .implicitTLS: return server.tlsAttempts == .reached
    case .startTLS: return conversation.session.greeting?.meaning == .positive
    }
  }

  /// Why it is not known whether TLS is spoken here.
  fileprivate var undecided: Gap? {
    switch finding {
    case .closed: return nil
    case .silent:
      return server.gap(
        .noConversation(server.probe.outcome == .timedOut ? .connectionTimedOut : .unreachable))
    case .answers(let conversation):
      guard server.tlsAttempts == .undecided else { return nil }
      return MailConversation(server: server, conversation: conversation).gap
    }
  }
}

extension MailService {
  /// Registered for another mail service, between servers included.
  package func isPortOfAnother(_ port: UInt16) -> Bool {
    port == ProbedService.smtp.port
      || Self.allCases.contains { $0 != self && $0 != .autodiscover && $0.registeredPort == port }
  }
}

extension OfferedService {
  /// A fault of the empty answer, with the record that announces the service at the host it was found at.
  package var unannounced: Fault {
    let record = servers.first.map {
      Record(
        answer.question.name, ttl: 3600,
        .srv(SRV(priority: 0, weight: 1, port: service.registeredPort, target: $0.host)))
    }
    return Fault(
      in: answer,
      "No record announces what works with TLS: \(servers.map(\.words).enumeration).",
      expected: "an SRV record for port \(Int(service.registeredPort))",
      mend: record.map {
        Mend(publish: [$0], note: "If users know this host by another name, write that name.")
      })
  }
}
