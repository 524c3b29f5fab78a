import Crypto
import DANE
package import DNSData
package import Evidence
import MailDiscovery
import SPF

// Which mail servers are connected to: port 25 of every MX host (without any, of the domain itself), the ports to which
// SRV records and the settings for mail programs lead, on the own MX hosts every port for clients, where a closed one is no fault, and the ports of which an
// expected configuration says what they are to be.

/// The probes made so far; nil: not made, or not over.
package typealias KnownProbes = (ProbeRequest) -> ServerProbe?

extension Inquiry {
  /// Addresses of one host; more belong to services that are too large to need an audit of each.
  private static let maximumAddresses = 8

  /// Made already or not.
  package func probes(
    _ known: KnownAnswers, _ made: KnownProbes, _ settings: KnownSettings
  ) -> Set<ProbeRequest> {
    guard request.probing != .none else { return [] }
    let first = doors(known, settings)
    return first.union(first.flatMap { second(after: $0, known, made) })
  }

  private func doors(_ known: KnownAnswers, _ settings: KnownSettings) -> Set<ProbeRequest> {
    var doors: Set<ProbeRequest> = []
    for host in exchangers(known) {
      let services = [.smtp] + (isOwn(host) ? ProbedService.forClients : [])
      doors.formUnion(self.doors(of: host, services, known))
    }
    if isReceivingWithoutMX(known) { doors.formUnion(self.doors(of: request.domain, [.smtp], known)) }
    for (target, service) in announced(known) {
      doors.formUnion(self.doors(of: target, [service], known))
    }
    for server in settingsServers(known, settings) {
      doors.formUnion(self.doors(of: server.host, [server.service], known))
    }
    for door in request.wanted.doors { doors.formUnion(self.doors(of: door.host, [door.service], known)) }
    return doors
  }

  /// Its mail goes to its own addresses (RFC 5321 §5.1). A web site that sends nothing is left in peace.
  private func isReceivingWithoutMX(_ known: KnownAnswers) -> Bool {
    guard case .noData = known(Question(request.domain, .mx))?.outcome,
      case .result(let tree) = SPFTree.evaluate(request.domain, known)
    else { return false }
    return tree.authorisesSomebody
  }

  private func doors(of host: Name, _ services: [ProbedService], _ known: KnownAnswers) -> [ProbeRequest] {
    addresses(of: host, known).prefix(Self.maximumAddresses).flatMap { address in
      services.filter(request.probing.includes).map { ProbeRequest(address, $0, serverName: host) }
    }
  }

  private func announced(_ known: KnownAnswers) -> [(target: Name, service: ProbedService)] {
    MailService.allCases.flatMap { service -> [(target: Name, service: ProbedService)] in
      let records = service.owner(for: request.domain).flatMap { known(Question($0, .srv)) }?.records ?? []
      return records.compactMap { record in
        guard case .srv(let srv) = record.data, !srv.isNull, srv.port > 0,
          let probed = service.probed(at: srv.port)
        else { return nil }
        return (srv.target, probed)
      }
    }
  }

  // MARK: - After the first handshake

  /// Where TLS was spoken: whether old versions are too; and where certificates are pinned, whether the server has
  /// one for the other algorithm.
  private func second(
    after door: ProbeRequest, _ known: KnownAnswers, _ made: KnownProbes
  ) -> [ProbeRequest] {
    guard let conversation = made(door)?.conversation else { return [] }
    return handshakes(after: door, conversation, known) + trials(after: door, conversation.session)
  }

  /// Where there is STARTTLS, or mail is taken without.
  private func trials(after door: ProbeRequest, _ session: MailSession) -> [ProbeRequest] {
    let isTaker = door.service == .smtp && session.inPlaintext.list != nil
    guard request.probing.isFull, isTaker || session.startTLS == .accepted else { return [] }
    return [ProbeRequest(door.address, door.service, serverName: door.serverName, conduct: .trial)]
  }

  private func handshakes(
    after door: ProbeRequest, _ conversation: Conversation, _ known: KnownAnswers
  ) -> [ProbeRequest] {
    guard let handshake = conversation.handshake else { return [] }
    var policies: [TLSPolicy] = []
    switch handshake.result {
    case .completed:
      policies.append(.legacy)
      if request.probing.isFull || isPinned(door, known), let other = handshake.otherAlgorithm {
        policies.append(other)
      }
      if request.probing.isFull { policies.append(.sha1Only) }
    // A server that speaks old versions alone.
    case .failed: policies.append(.legacy)
    }
    return policies.map { ProbeRequest(door.address, door.service, serverName: door.serverName, policy: $0) }
  }

  private func isPinned(_ door: ProbeRequest, _ known: KnownAnswers) -> Bool {
    guard let host = door.serverName, let name = TLSAName.of(host: host, port: door.service.port) else {
      return false
    }
    return known(Question(name, .tlsa))?.records.isEmpty == false
  }
}

extension TLSHandshake {
  /// The policy that a server must have another certificate for; nil if it showed none of the two kinds.
  fileprivate var otherAlgorithm: TLSPolicy? {
    guard let leaf = chain.first, let certificate = try? Certificate(der: leaf.octets) else { return nil }
    return switch certificate.key.kind {
    case .rsa, .rsaPSS: .ecdsaOnly
    case .ec: .rsaOnly
    case .ed25519, .ed448, .dsa, .other: nil
    }
  }
}

extension MailService {
  /// nil for what is no mail protocol.
  fileprivate func probed(at port: UInt16) -> ProbedService? {
    let security: MailSession.Security =
      switch self.security {
      case .implicitTLS: .implicitTLS
      case .startTLS: .startTLS
      }
    return switch self {
    case .submissions, .submission: ProbedService(.smtp, port: port, security)
    case .imaps, .imap: ProbedService(.imap, port: port, security)
    case .pop3s, .pop3: ProbedService(.pop3, port: port, security)
    case .sieve: ProbedService(.manageSieve, port: port, security)
    case .autodiscover: nil
    }
  }
}
