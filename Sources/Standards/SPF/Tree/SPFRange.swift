// Who is let in by a surveyed record, as a flat list: each network with the domain
// whose record names it. Ranges are not merged and not subtracted from each other;
// RFC 7208 §5.2 decides what an include lets through.

package import DNSData

/// A network, the result its clients get, and the record that says so.
package struct SPFRange: Hashable, Sendable {
  package let network: IPNetwork
  /// Of the term in the surveyed domain's record or in one that it redirects to: `?include:` makes everything inside
  /// neutral.
  package let qualifier: SPFQualifier
  /// Whose record the term stands in.
  package let domain: Name
  package let term: SPFTerm
}

extension SPFTree {
  /// All networks that some term matches, in the order of evaluation. An earlier range wins where two overlap; what
  /// hangs on macros or `ptr` has no networks and is not here.
  package var ranges: [SPFRange] { root.ranges(inside: nil) }

  /// Those that let clients pass.
  package var admittedRanges: [SPFRange] { ranges.filter { $0.qualifier == .pass } }

  /// Can any client pass? What the survey cannot see counts as yes, because somebody may be meant by it.
  package var authorisesSomebody: Bool { root.authorisesSomebody }
}

extension SPFNode {
  /// - Parameter include: the qualifier of the outermost include around this record, if there is one. Inside it only
  ///   what passes makes the include match (RFC 7208 §5.2).
  fileprivate func ranges(inside include: SPFQualifier?) -> [SPFRange] {
    terms.flatMap { surveyed -> [SPFRange] in
      guard let own = surveyed.term.qualifier else { return surveyed.child?.ranges(inside: include) ?? [] }
      guard include == nil || own == .pass else { return [] }
      let qualifier = include ?? own
      let networks = surveyed.networks.map {
        SPFRange(network: $0, qualifier: qualifier, domain: domain, term: surveyed.term)
      }
      return networks + (surveyed.child?.ranges(inside: qualifier) ?? [])
    }
  }

  fileprivate var authorisesSomebody: Bool {
    terms.contains { surveyed in
      guard surveyed.reach == .evaluated else { return false }
      switch surveyed.term.content {
      case .directive(.pass, .include), .modifier(.redirect): return surveyed.leadsToSomebody
      case .directive(.pass, .all), .directive(.pass, .a), .directive(.pass, .mx), .directive(.pass, .ptr),
        .directive(.pass, .ip4), .directive(.pass, .ip6), .directive(.pass, .exists):
        return true
      case .directive(.fail, _), .directive(.softfail, _), .directive(.neutral, _), .modifier(.exp),
        .modifier(.unknown):
        return false
      }
    }
  }
}

extension SPFSurveyedTerm {
  fileprivate var leadsToSomebody: Bool {
    switch following {
    case .loop: return false
    case .limitReached: return true
    case .nowhere:
      switch target {
      case .malformed: return false
      case .notNeeded, .name, .dependsOnClient: return true
      }
    case .node(let node):
      switch node.publication {
      case .found: return node.authorisesSomebody
      case .failed: return true
      case .absent, .multiple: return false
      }
    }
  }
}

extension IPNetwork {
  /// Wider than `SPFPrefixLengths.shortestSensible`.
  package var isExcessiveForSPF: Bool {
    switch address.family {
    case .v4: prefixLength < SPFPrefixLengths.shortestSensible.ip4
    case .v6: prefixLength < SPFPrefixLengths.shortestSensible.ip6
    }
  }
}
