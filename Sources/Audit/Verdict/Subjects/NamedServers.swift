package import Autoconfig
package import DNSData
import Evidence

/// A server that the settings for mail programs name, as those programs come to it.
package struct NamedServer: Subject {
  package enum Finding: Sendable {
    case reached
    /// The host has none, or does not exist.
    case noAddress
    /// At every address of the host.
    case closed([IPAddress])
    /// Its certificate is for other names, and nothing but the settings gives this one.
    case otherName(CertifiedServer)
  }

  package let settings: ServedSettings
  package let server: ConfiguredServer
  package let host: Name
  package let ownership: Ownership
  package let finding: Finding

  package static func observe(_ facts: Facts) -> Observation<NamedServer> {
    let served = facts.observation(of: ServedSettings.self)
    guard let settings = served.subjects.first else { return Observation([], gaps: served.gaps) }
    let doors = facts.observation(of: MailDoor.self)
    let certified = facts.observation(of: CertifiedServer.self).subjects
    var named: [NamedServer] = []
    var gaps = served.gaps
    for server in settings.servers where [.imap, .pop3, .smtp].contains(server.service) {
      guard let host = server.host(for: facts.domain), let port = server.port else { continue }
      let place = Place(host, port: port)
      let there = doors.subjects.filter { $0.server.host == host && $0.server.service.port == port }
      let untested = doors.gaps.filter { $0.place.name == host && $0.place.port == port }
      let addresses = HostAddresses(host, in: facts)
      let silent = there.filter { $0.finding == .silent }.map(\.silence)
      let finding: Finding
      if addresses.isNoSuchName || addresses.isProvenEmpty {
        finding = .noAddress
      } else if let other = certified.first(where: { $0.isOther(host, port, in: facts) }) {
        finding = .otherName(other)
      } else if there.contains(where: \.isAnswering) {
        finding = .reached
      } else {
        let open = addresses.gaps + untested + silent
        guard open.isEmpty, !there.isEmpty, there.count == addresses.addresses.count else {
          // The user wanted other ports, or there were too many servers.
          let reason = Gap(place, .notTested(facts.calls(port) ? .limitReached : .notProbed))
          gaps += (open.isEmpty ? [reason] : open).filter { !gaps.contains($0) }
          continue
        }
        finding = .closed(there.map(\.server.address))
      }
      named.append(
        NamedServer(
          settings: settings, server: server, host: host, ownership: facts.ownership(of: host),
          finding: finding))
    }
    return Observation(named, gaps: gaps)
  }

  /// "imap.example.net (which others run)".
  package var title: Message {
    switch ownership {
    case .own: "\(host)"
    case .thirdParty: "\(host) (which others run)"
    }
  }
}

extension MailDoor {
  fileprivate var isAnswering: Bool {
    if case .answers = finding { true } else { false }
  }

  /// Mail programs were promised this server, so that a filter is no answer.
  fileprivate var silence: Gap {
    server.gap(.noConversation(server.probe.outcome == .timedOut ? .connectionTimedOut : .unreachable))
  }
}

extension CertifiedServer {
  fileprivate func isOther(_ host: Name, _ port: UInt16, in facts: Facts) -> Bool {
    server.host == host && server.service.port == port && !verdicts.matchName && isOfSettingsAlone(in: facts)
  }
}

extension Facts {
  fileprivate func calls(_ port: UInt16) -> Bool {
    snapshot.request.probing.includes(ProbedService(.imap, port: port, .implicitTLS))
  }
}
