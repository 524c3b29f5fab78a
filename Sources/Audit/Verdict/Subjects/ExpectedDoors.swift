package import DNSData
import Evidence
import Expectation

/// A port that mail programs count on: SRV records lead there, or the operator means it to be open.
package struct PromisedServer: Subject {
  package enum Promise: Hashable, Sendable {
    /// The SRV records at this name.
    case record(Name)
    case expectation
  }

  package let promise: Promise
  package let doors: [MailDoor]
  /// Nothing listens at any address.
  package let isClosed: Bool
  /// Another service's: `srv.port-wrong` says so, and what comes of it need not be said again.
  package let isAtPortOfAnother: Bool
  /// A record that outlived its service: `srv.legacy-without-service` says so.
  package let isLeftover: Bool

  package static func observe(_ facts: Facts) -> Observation<PromisedServer> {
    let announced = facts.observation(of: AnnouncedServer.self)
    let servers = announced.subjects.map {
      PromisedServer(
        promise: .record($0.answer.question.name), doors: $0.doors, isClosed: $0.isClosed,
        isAtPortOfAnother: $0.isAtPortOfAnother, isLeftover: $0.isLeftover)
    }
    let all = facts.observation(of: MailDoor.self)
    var expected: [PromisedServer] = []
    var gaps: [Gap] = []
    for host in facts.expectedHosts {
      // Port 25 is smtp.port25-closed.
      for service in host.services(.open) where service != .smtp {
        let doors = all.subjects.filter { $0.server.host == host.name && $0.server.service == service }
        let isAnnounced = announced.subjects.contains { $0.host == host.name && $0.port == service.port }
        let silent = doors.filter { $0.finding == .silent }.compactMap(\.gap)
        let untried = all.gaps.filter {
          $0.place.name == host.name && [nil, service.port].contains($0.place.port)
        }
        guard !isAnnounced else { continue }
        gaps += silent + untried
        guard !doors.isEmpty else { continue }
        expected.append(
          PromisedServer(
            promise: .expectation, doors: doors,
            isClosed: silent.isEmpty && untried.isEmpty && doors.allSatisfy { $0.finding == .closed },
            isAtPortOfAnother: false, isLeftover: false))
      }
    }
    return Observation(
      servers + expected, gaps: announced.gaps + gaps.filter { !announced.gaps.contains($0) })
  }
}

/// A port that answers, and that the operator means to be closed.
package struct UnexpectedlyOpenDoor: Subject {
  package let server: MailServer
  /// 143 and 110, of which access.legacy-port-open speaks.
  package var isLegacy: Bool { server.service == .imap || server.service == .pop3 }

  package static func observe(_ facts: Facts) -> Observation<UnexpectedlyOpenDoor> {
    let closed = Dictionary(grouping: facts.expectedHosts, by: \.name).compactMapValues {
      $0.first?.services(.closed)
    }
    let doors = facts.observation(of: MailDoor.self)
    let open = doors.subjects.filter { door in
      guard case .answers = door.finding else { return false }
      return closed[door.server.host]?.contains(door.server.service) ?? false
    }
    let gaps = doors.gaps.filter { gap in
      guard let port = gap.place.port else { return !closed.values.allSatisfy(\.isEmpty) }
      return closed[gap.place.name]?.contains { $0.port == port } ?? false
    }
    return Observation(open.map { UnexpectedlyOpenDoor(server: $0.server) }, gaps: gaps)
  }
}
