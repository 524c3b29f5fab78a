/// A zone that audited names are in, and the servers that speak for it.
package import DNSData

package struct ZoneAuthority: Hashable, Sendable, Codable {
  package let zone: Name
  /// Named by the zone itself or by its parent, in order, each with the addresses that were looked up.
  package let servers: [NameServer]
  /// The zone above, and some of its servers; nil if it was not found.
  package let parent: Name?
  package let parentServers: [NameServer]

  package init(_ zone: Name, servers: [NameServer], parent: Name?, parentServers: [NameServer]) {
    self.zone = zone
    self.servers = servers
    self.parent = parent
    self.parentServers = parentServers
  }

  /// Each address once: several names may share one.
  package var addresses: [ServerAddress] { Self.addresses(of: servers) }
  package var parentAddresses: [ServerAddress] { Self.addresses(of: parentServers) }

  private static func addresses(of servers: [NameServer]) -> [ServerAddress] {
    var seen: Set<IPAddress> = []
    return servers.flatMap(\.addresses).filter { seen.insert($0).inserted }.map { ServerAddress($0) }
  }
}

extension Sequence<ZoneAuthority> {
  /// The zone that a record would stand in: DS records stand above the cut (RFC 4035 §2.4).
  package func zone(of question: Question) -> ZoneAuthority? {
    let enclosing = filter {
      question.name.isAtOrBelow($0.zone) && (question.type != .ds || question.name != $0.zone)
    }
    return enclosing.max { $0.zone.labelCount < $1.zone.labelCount }
  }
}

package struct NameServer: Hashable, Sendable, Codable {
  package let name: Name
  package let addresses: [IPAddress]

  package init(_ name: Name, _ addresses: [IPAddress]) {
    self.name = name
    self.addresses = addresses
  }
}
