/// Denial by NSEC records (RFC 4035 §5.4, RFC 6840 §4, RFC 9824).
internal import DNSData

struct NSECDenial {
  let zone: Name
  /// Verified, and not made from a wildcard.
  let records: [Name: NSEC]

  func noData(_ question: Question) -> DenialResult {
    if let match = records[question.name] {
      return DeniedTypes(types: match.types).noData(question.type, at: question.name)
    }
    guard let cover = cover(question.name) else { return .gap(.name) }
    // An empty non-terminal: there is something below it.
    if cover.next.isAtOrBelow(question.name) { return .proven(.noData(.none)) }
    guard let wildcard = closestEncloser(of: question.name, by: cover).wildcardBelow,
      let match = records[wildcard]
    else { return .gap(.wildcard) }
    return DeniedTypes(types: match.types).noData(question.type, at: wildcard)
  }

  func nameError(_ name: Name) -> DenialResult {
    if let match = records[name] {
      // RFC 9824 §3.1.
      return match.types.contains(.nxname) ? .proven(.noSuchName) : .gap(.name)
    }
    guard let cover = cover(name), !cover.next.isAtOrBelow(name) else { return .gap(.name) }
    guard let wildcard = closestEncloser(of: name, by: cover).wildcardBelow,
      let wildcardCover = self.cover(wildcard), !wildcardCover.next.isAtOrBelow(wildcard)
    else { return .gap(.wildcard) }
    return .proven(.noSuchName)
  }

  /// That nothing between `name` and `closestEncloser` exists, so that the wildcard there may answer.
  func noCloserMatch(_ name: Name, closestEncloser: Name) -> DenialResult {
    guard let cover = cover(name), !cover.next.isAtOrBelow(name),
      self.closestEncloser(of: name, by: cover) == closestEncloser
    else { return .gap(.nextCloser) }
    return .proven(.noSuchName)
  }

  private typealias Cover = (owner: Name, next: Name)

  private func cover(_ name: Name) -> Cover? {
    guard name.isAtOrBelow(zone) else { return nil }
    for (owner, record) in records where owner < name {
      guard record.next.isAtOrBelow(zone), name < record.next || record.next == zone else { continue }
      if name.isAtOrBelow(owner), DeniedTypes(types: record.types).endsAuthority { continue }
      return (owner, record.next)
    }
    return nil
  }

  /// Both ends of the span exist, and so do their ancestors.
  private func closestEncloser(of name: Name, by cover: Cover) -> Name {
    let candidates = [name.commonAncestor(cover.owner), name.commonAncestor(cover.next)]
    return candidates[0].labelCount >= candidates[1].labelCount ? candidates[0] : candidates[1]
  }
}
