package import DNSData

/// What the network around this machine does to questions, as it was seen: an audit is worth no more than what it was
/// told. Port 25 is not here, since it takes a mail server to see it.
package struct NetworkFacts: Hashable, Sendable, Codable {
  /// Those that were looked at, in the order in which they are asked.
  package let resolvers: [ResolverFacts]
  /// IPv4, then IPv6.
  package let directPorts: [DirectPortFacts]
  package let clock: ClockStanding

  package init(resolvers: [ResolverFacts], directPorts: [DirectPortFacts], clock: ClockStanding) {
    self.resolvers = resolvers
    self.directPorts = directPorts
    self.clock = clock
  }
}

/// One resolver, asked with DO, and without CD.
package struct ResolverFacts: Hashable, Sendable, Codable {
  package enum Standing: Hashable, Sendable, Codable {
    case answers
    /// It says that the root, without which there is no DNS, does not exist or has no name servers.
    case deniesRoot
    case fails(LookupFailure)
  }

  /// What it passes on of DNSSEC, by the root's keys (RFC 4035 §3.1).
  package enum Signatures: Hashable, Sendable, Codable {
    case passed
    /// The keys came, and no RRSIG record.
    case missing
    /// It says that the root has no keys: a root that is not signed looks like this too.
    case noKeys
    case unknown(LookupFailure)
  }

  /// What it says of a name that does not exist.
  package enum Denial: Hashable, Sendable, Codable {
    /// NXDOMAIN.
    case truthful
    case invented([IPAddress])
    /// That the name exists, without such records.
    case noData
    case unknown(LookupFailure)
  }

  package let server: ServerAddress
  package let standing: Standing
  package let signatures: Signatures
  /// It says with AD that it validated what it said of the root (RFC 4035 §3.2.3).
  package let claimsValidation: Bool
  /// Of a name below the root, and of one further down.
  package let denials: [Denial]
  /// nil: it answers over TCP (RFC 7766).
  package let streamFailure: LookupFailure?

  package init(
    _ server: ServerAddress, _ standing: Standing, signatures: Signatures, claimsValidation: Bool,
    denials: [Denial], streamFailure: LookupFailure?
  ) {
    self.server = server
    self.standing = standing
    self.signatures = signatures
    self.claimsValidation = claimsValidation
    self.denials = denials
    self.streamFailure = streamFailure
  }

  /// With which it answers for names that do not exist, each once.
  package var inventedAddresses: [IPAddress] {
    denials.reduce(into: []) { all, denial in
      guard case .invented(let addresses) = denial else { return }
      for address in addresses where !all.contains(address) { all.append(address) }
    }
  }
}

/// Whether name servers can be asked over one address family, by what came from addresses of the root's.
package struct DirectPortFacts: Hashable, Sendable, Codable {
  package enum Passage: Hashable, Sendable, Codable {
    /// A server that speaks for the root answered.
    case open
    /// No answer in time.
    case silent
    /// No route, or a refusal on the way.
    case unreachable
    /// Somebody answered who offers recursion (RA), or does not speak for the root (no AA): no server of the root does.
    case intercepted
    case failed(LookupFailure)
    /// No address of such a server is known, or none that may be asked.
    case notTested
  }

  package let family: AddressFamily
  package let asked: [IPAddress]
  /// Over UDP.
  package let datagrams: Passage
  /// Over TCP.
  package let stream: Passage

  package init(_ family: AddressFamily, asked: [IPAddress], datagrams: Passage, stream: Passage) {
    self.family = family
    self.asked = asked
    self.datagrams = datagrams
    self.stream = stream
  }
}

/// This machine's clock beside the times between which the root's signatures hold (RFC 4034 §3.1.5); in seconds.
package enum ClockStanding: Hashable, Sendable, Codable {
  case fits
  /// Signatures begin to hold so much later.
  case behind(Int)
  /// Signatures held until so much earlier.
  case ahead(Int)
  /// No signature was seen.
  case unknown
}
