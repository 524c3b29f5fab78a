package import DNSData

/// What the user asked for; part of the Snapshot, because judgement depends on it.
package struct AuditRequest: Hashable, Sendable, Codable {
  package let domain: Name
  /// DKIM selectors that sign now ("mail", "rsa.2026"), as the user wrote them.
  package let selectors: [String]
  /// Selectors that are known and do not sign now: looked at, never guessed from.
  package let idleSelectors: [String]
  /// Selectors that zone files hold: tried like the common ones when none is given.
  package let publishedSelectors: [String]
  /// Addresses that mail of the domain leaves from.
  package let senders: [IPAddress]
  /// Special-purpose networks that are meant here (a laboratory, a VPN).
  package let allowedNetworks: [IPNetwork]
  /// A label that nobody has published: what answers at it is a wildcard.
  package let probeLabel: String
  /// Asked about the senders and the names; none unless the user wants it.
  package let blocklists: [Blocklist]
  package let probing: Probing

  package init(
    domain: Name, selectors: [String] = [], idleSelectors: [String] = [], publishedSelectors: [String] = [],
    senders: [IPAddress] = [],
    allowedNetworks: [IPNetwork] = [],
    probeLabel: String, blocklists: [Blocklist] = [], probing: Probing = .none
  ) {
    self.domain = domain
    self.selectors = selectors
    self.idleSelectors = idleSelectors
    self.publishedSelectors = publishedSelectors
    self.senders = senders
    self.allowedNetworks = allowedNetworks
    self.probeLabel = probeLabel
    self.blocklists = blocklists
    self.probing = probing
  }
}

/// What the audit ran on, so that its result can be understood elsewhere.
package struct Environment: Hashable, Sendable, Codable {
  /// Resolvers in the order they are asked; empty when offline.
  package let resolvers: [ServerAddress]
  package let zoneFiles: [String]
  /// Identity of the public suffix list.
  package let suffixList: String

  package init(resolvers: [ServerAddress], zoneFiles: [String], suffixList: String) {
    self.resolvers = resolvers
    self.zoneFiles = zoneFiles
    self.suffixList = suffixList
  }

  package var isOffline: Bool { resolvers.isEmpty }
}
