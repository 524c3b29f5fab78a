package import DNSData
package import Evidence

// What the evidence of an audit tells about the machine that it ran on.

/// Whether connections to port 25 leave this network. Many let none out, so that their customers send no spam.
package enum OutgoingSMTP: String, Hashable, Sendable, CaseIterable {
  /// A server answered.
  case open
  /// Every connection timed out, while another port answered: most likely it is this network, not the servers.
  case blocked
  /// Every connection timed out, and no other port shows whose fault that is.
  case silent
  /// None was tried, or some were refused on their way, by whomever.
  case untold

  package init(_ probes: [ServerProbe]) {
    // Where nothing was sent, nothing can have been stopped.
    let tried = probes.filter { if case .notTried = $0.outcome { false } else { true } }
    let outcomes = Dictionary(grouping: tried, by: { $0.request.service == .smtp })
      .mapValues { $0.map(\.outcome) }
    let smtp = outcomes[true] ?? []
    if smtp.contains(where: { if case .conversed = $0 { true } else { false } }) {
      self = .open
    } else if smtp.isEmpty || !smtp.allSatisfy({ $0 == .timedOut }) {
      self = .untold
    } else {
      self = (outcomes[false] ?? []).contains(where: \.showsWayOut) ? .blocked : .silent
    }
  }
}

extension ServerProbe.Outcome {
  /// Of a port that is not the one in doubt.
  fileprivate var showsWayOut: Bool {
    switch self {
    case .conversed, .refused: true
    case .timedOut, .unreachable, .notTried: false
    }
  }
}

extension Snapshot {
  /// Address families for which this machine has no route.
  package var missingFamilies: [AddressFamily] {
    let addresses = probes.filter { $0.outcome == .notTried(.familyMissing) }.map(\.request.address)
    return [AddressFamily.v4, .v6].filter { family in addresses.contains { $0.family == family } }
  }

  /// Without what resolvers say that are known to say what is not so: all of one that denies the root, addresses of one
  /// that has invented them.
  var believed: Snapshot {
    let doubtful = (environment.network?.resolvers ?? []).filter {
      $0.standing == .deniesRoot || !$0.inventedAddresses.isEmpty
    }
    guard !doubtful.isEmpty else { return self }
    return replacingOutcomes { answer in
      guard case .server(let server) = answer.responder, answer.failure == nil,
        let resolver = doubtful.first(where: { $0.server == server })
      else { return nil }
      return resolver.isBelieved(answer) ? nil : .failure(.disbelieved)
    }
  }
}

extension ResolverFacts {
  fileprivate func isBelieved(_ answer: Answer) -> Bool {
    guard standing != .deniesRoot else { return false }
    let invented = inventedAddresses
    return !answer.records.contains { record in
      switch record.data {
      case .a(let address): invented.contains(.v4(address))
      case .aaaa(let address): invented.contains(.v6(address))
      default: false
      }
    }
  }
}
