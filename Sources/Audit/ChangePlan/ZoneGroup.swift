package import DNSData
import PublicSuffix

/// Changes that most likely belong into one zone. Where zones are really cut is not known here: an organisation may
/// have delegated parts of its name, and a reverse zone may be larger or smaller.
package struct ZoneGroup: Sendable, Hashable {
  package enum Zone: Sendable, Hashable {
    /// The registrable domain.
    case forward(Name)
    /// Of a /24 or a /64: it belongs to whoever runs the network.
    case reverse(Name)

    init(of name: Name) {
      for (suffix, labels) in Self.reverseTrees where name.isAtOrBelow(suffix) {
        self = .reverse(name.ancestor(labelCount: labels))
        return
      }
      self = .forward(SuffixList.registrableDomain(of: name) ?? name)
    }

    /// RFC 1035 §3.5: three octets and two labels. RFC 3596 §2.5: sixteen nibbles and two labels.
    private static let reverseTrees: [(Name, Int)] = [("in-addr.arpa", 5), ("ip6.arpa", 18)].compactMap {
      text, labels in (try? Name(text)).map { ($0, labels) }
    }
  }

  package let zone: Zone
  /// In their order.
  package let changes: [ZoneChanges.Change]
}

extension ZoneChanges {
  /// That of the first change first.
  package var groups: [ZoneGroup] {
    var zones: [ZoneGroup.Zone] = []
    var members: [ZoneGroup.Zone: [Change]] = [:]
    for change in changes {
      let zone = ZoneGroup.Zone(of: change.name)
      if members[zone] == nil { zones.append(zone) }
      members[zone, default: []].append(change)
    }
    return zones.map { ZoneGroup(zone: $0, changes: members[$0] ?? []) }
  }
}
