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

package struct NameServer: Hashable, Sendable, Codable {
  package let name: Name
  package let addresses: [IPAddress]

  package init(_ name: Name, _ addresses: [IPAddress]) {
    self.name = name
    self.addresses = addresses
  }
}
