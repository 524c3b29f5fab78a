package import DNSData
import Evidence

/// What senders do with mail for each MX host of the domain, those that use DANE and those that know MTA-STS alone: one
/// value for every report. A sender that does both holds to DANE where that demands something (RFC 8461 §2).
package struct DeliveryLadder: Hashable, Sendable {
  /// Those tried first come first; empty also where the MX records are not known.
  package let hosts: [HostDelivery]

  init(_ facts: Facts) {
    let pinned = facts.observation(of: PinnedServer.self).subjects
    let certified = facts.observation(of: CertifiedServer.self).subjects
    let exchangers = (facts.mx?.records ?? []).compactMap(\.exchanger).filter { !$0.isNull }
    let first = Dictionary(exchangers.map { ($0.exchange, $0.preference) }, uniquingKeysWith: min)
    hosts = first.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { host, preference in
      HostDelivery(host, preference, pinned, certified, facts)
    }
  }
}

package struct HostDelivery: Hashable, Sendable {
  package let host: Name
  /// The lowest, where several records name the host.
  package let preference: UInt16
  package let dane: DANEDelivery
  package let policy: PolicyDelivery
  /// Whether the host does what DANE, or the policy, has senders demand; `unseen` also where they demand nothing.
  package let meetsDANE: Fulfilment
  package let meetsPolicy: Fulfilment

  fileprivate init(
    _ host: Name, _ preference: UInt16, _ pinned: [PinnedServer], _ certified: [CertifiedServer],
    _ facts: Facts
  ) {
    self.host = host
    self.preference = preference
    dane = DANEDelivery(to: host, in: facts)
    policy = PolicyDelivery(to: host, in: facts)
    let servers = facts.mailServers.filter { $0.host == host && $0.isForMail }
    let conversations = servers.compactMap(\.probe.conversation)
    let withoutTLS = conversations.filter(\.session.startTLS.isProvenAbsent).map { _ in false }
    switch dane {
    case .demanded(.authenticated), .opportunistic(.insecureMX(_, .authenticated?)):
      let own = pinned.first { $0.publication.host == host && $0.publication.isForMail }
      meetsDANE = Fulfilment(withoutTLS + (own?.judged ?? []).flatMap(\.chains).map(\.isMatched))
    case .demanded(.encrypted), .opportunistic(.insecureMX(_, .encrypted?)):
      meetsDANE = Fulfilment(
        withoutTLS + conversations.filter(\.hasTLS).map { _ in true })
    case .opportunistic, .heldBack, .notKnown: meetsDANE = .unseen
    }
    switch policy {
    case .demanded, .reported:
      let own = certified.filter { $0.server.host == host && $0.server.isForMail }
      meetsPolicy = Fulfilment(withoutTLS + own.map(\.verdicts.satisfyWebPKI))
    case .excluded, .opportunistic, .notKnown: meetsPolicy = .unseen
    }
  }
}

/// Whether what is demanded of a host is there, at the addresses and with the certificates that were seen.
package enum Fulfilment: String, Hashable, Sendable, CaseIterable {
  case met, partlyMet, unmet
  /// No server was called, or none told.
  case unseen

  init(_ verdicts: [Bool]) {
    self =
      switch (verdicts.contains(true), verdicts.contains(false)) {
      case (true, true): .partlyMet
      case (true, false): .met
      case (false, true): .unmet
      case (false, false): .unseen
      }
  }
}

extension Conversation {
  fileprivate var hasTLS: Bool { if case .completed = handshake?.result { true } else { false } }
}
