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
  /// What an expected configuration wants looked at.
  package let wanted: WantedEvidence
  package let view: View
  /// Names of zone files that are signed when they are published: what the files say at or below is taken for secure.
  package let assumedSecure: [Name]

  package init(
    domain: Name, selectors: [String] = [], idleSelectors: [String] = [], publishedSelectors: [String] = [],
    senders: [IPAddress] = [],
    allowedNetworks: [IPNetwork] = [],
    probeLabel: String, blocklists: [Blocklist] = [], probing: Probing = .none,
    wanted: WantedEvidence = .none,
    view: View = .recursive, assumedSecure: [Name] = []
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
    self.wanted = wanted
    self.view = view
    self.assumedSecure = assumedSecure
  }

  /// Captures of version 1 know of the resolver alone.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      domain: try container.decode(Name.self, forKey: .domain),
      selectors: try container.decode([String].self, forKey: .selectors),
      idleSelectors: try container.decode([String].self, forKey: .idleSelectors),
      publishedSelectors: try container.decode([String].self, forKey: .publishedSelectors),
      senders: try container.decode([IPAddress].self, forKey: .senders),
      allowedNetworks: try container.decode([IPNetwork].self, forKey: .allowedNetworks),
      probeLabel: try container.decode(String.self, forKey: .probeLabel),
      blocklists: try container.decode([Blocklist].self, forKey: .blocklists),
      probing: try container.decode(Probing.self, forKey: .probing),
      wanted: try container.decode(WantedEvidence.self, forKey: .wanted),
      view: try container.decodeIfPresent(View.self, forKey: .view) ?? .recursive,
      assumedSecure: try container.decodeIfPresent([Name].self, forKey: .assumedSecure) ?? [])
  }
}

/// Beyond what every audit asks of every domain: where an operator says how the site is meant to be, that is looked at.
package struct WantedEvidence: Hashable, Sendable, Codable {
  package static let none = WantedEvidence()

  package let questions: [Question]
  /// Names of the operator, whatever organisation they belong to: they and all below are not a third party's.
  package let ownNames: [Name]
  package let doors: [WantedDoor]
  /// Names beside the domain that senders show to SPF: in HELO, and as the rewritten sender of forwarded mail.
  package let identities: [Name]
  /// Hosts whose pages are to open over HTTPS.
  package let pages: [Name]
  /// Hosts to which authorities come with challenges of type HTTP-01 (RFC 8555 §8.3).
  package let challenged: [Name]

  package init(
    questions: [Question] = [], ownNames: [Name] = [], doors: [WantedDoor] = [], identities: [Name] = [],
    pages: [Name] = [], challenged: [Name] = []
  ) {
    self.questions = questions
    self.ownNames = ownNames
    self.doors = doors
    self.identities = identities
    self.pages = pages
    self.challenged = challenged
  }

  package func owns(_ name: Name) -> Bool { ownNames.contains { name.isAtOrBelow($0) } }
}

/// A port of a host, at all its addresses.
package struct WantedDoor: Hashable, Sendable, Codable {
  package let host: Name
  package let service: ProbedService

  package init(_ host: Name, _ service: ProbedService) {
    self.host = host
    self.service = service
  }
}

/// What the audit ran on, so that its result can be understood elsewhere.
package struct Environment: Hashable, Sendable, Codable {
  /// Resolvers in the order they are asked; empty when offline.
  package let resolvers: [ServerAddress]
  package let zoneFiles: [String]
  /// Identity of the public suffix list.
  package let suffixList: String
  /// DS and DNSKEY records at which validation begins; none: nothing is validated.
  package let trustAnchors: [Record]
  /// What the network was seen to do; nil where nobody looked.
  package private(set) var network: NetworkFacts?

  package init(
    resolvers: [ServerAddress], zoneFiles: [String], suffixList: String, trustAnchors: [Record] = [],
    network: NetworkFacts? = nil
  ) {
    self.resolvers = resolvers
    self.zoneFiles = zoneFiles
    self.suffixList = suffixList
    self.trustAnchors = trustAnchors
    self.network = network
  }

  /// Captures of version 1 know neither anchors nor the network.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      resolvers: try container.decode([ServerAddress].self, forKey: .resolvers),
      zoneFiles: try container.decode([String].self, forKey: .zoneFiles),
      suffixList: try container.decode(String.self, forKey: .suffixList),
      trustAnchors: try container.decodeIfPresent([Record].self, forKey: .trustAnchors) ?? [],
      network: try container.decodeIfPresent(NetworkFacts.self, forKey: .network))
  }

  package func knowing(_ network: NetworkFacts?) -> Environment {
    var environment = self
    environment.network = network
    return environment
  }

  package var isOffline: Bool { resolvers.isEmpty }
}
