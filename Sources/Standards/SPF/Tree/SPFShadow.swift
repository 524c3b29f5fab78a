package import DNSData

/// A term that never decides anything, because what stands before it matches all of its clients.
package struct SPFShadow: Hashable, Sendable {
  package let domain: Name
  package let term: SPFTerm
  /// The term that covers the last of its networks.
  package let covering: SPFRange
}

extension SPFTree {
  /// In the order of evaluation. Only terms whose networks are all known and all covered are here; a term of a record
  /// that is included twice only if it decides in neither place.
  package var shadows: [SPFShadow] {
    struct Key: Hashable {
      let domain: Name
      let term: SPFTerm
    }
    var earlier: [SPFRange] = []
    var shadows: [SPFShadow] = []
    var deciding: Set<Key> = []
    var rest = ranges[...]
    while let first = rest.first {
      let own = rest.prefix { $0.term == first.term && $0.domain == first.domain }
      let coverings = own.map { range in earlier.first { $0.network.contains(range.network) } }
      if let covering = coverings.last ?? nil, coverings.allSatisfy({ $0 != nil }), !first.term.isAll {
        shadows.append(SPFShadow(domain: first.domain, term: first.term, covering: covering))
      } else {
        deciding.insert(Key(domain: first.domain, term: first.term))
      }
      earlier += own
      rest = rest.dropFirst(own.count)
    }
    return shadows.filter { !deciding.contains(Key(domain: $0.domain, term: $0.term)) }
  }
}
