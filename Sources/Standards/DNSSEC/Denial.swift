/// What the verified NSEC and NSEC3 records of an answer prove not to exist.
internal import DNSData
internal import Evidence

enum Denial: Hashable {
  case noSuchName
  /// The name exists without the type; also an empty non-terminal, and a name that a wildcard answers for.
  case noData(DelegationPoint)

  enum DelegationPoint: Hashable {
    /// The name is a zone cut, seen from above.
    case cut
    case none
  }
}

enum DenialResult: Hashable {
  case proven(Denial)
  /// The records hold, and prove nothing (RFC 5155 §9.2, RFC 9276 §3.2).
  case insecure(Insecurity.Reason)
  case gap(DenialGap)
}

/// The bits of a record that is at a name.
struct DeniedTypes {
  let types: [RecordType]

  /// A zone cut from above: nothing below it belongs to this zone (RFC 6840 §4.1).
  var isDelegation: Bool { types.contains(.ns) && !types.contains(.soa) }

  /// Nothing below may be denied by it (RFC 6840 §4.1, RFC 6672 §5.3.1).
  var endsAuthority: Bool { isDelegation || types.contains(.dname) }

  /// NODATA by the record that matches `name`, or the wildcard that would answer for it.
  func noData(_ type: RecordType, at name: Name) -> DenialResult {
    if types.contains(.nxname) { return .proven(.noSuchName) }
    guard !types.contains(type), !types.contains(.cname) else { return .gap(.typeExists) }
    // The parent speaks of DS alone, the child of all the rest (RFC 4035 §5.2, RFC 6840 §4.4).
    if type == .ds {
      guard !types.contains(.soa) || name.isRoot else { return .gap(.wrongSideOfCut) }
    } else {
      guard !isDelegation else { return .gap(.wrongSideOfCut) }
    }
    return .proven(.noData(isDelegation ? .cut : .none))
  }
}

extension Name {
  var wildcardBelow: Name? { try? prepending("*") }

  func commonAncestor(_ other: Name) -> Name {
    selfAndAncestors.first { other.isAtOrBelow($0) } ?? .root
  }
}
