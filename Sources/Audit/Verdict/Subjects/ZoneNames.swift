package import DNSData
import Evidence

/// The names and addresses of a zone's name servers, as look-ups give them: to count them takes no word of theirs.
package struct ZoneNames: Subject {
  package let zone: Name
  package let servers: [HostAddresses]
  /// The look-up of its NS records.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<ZoneNames> {
    guard !facts.snapshot.zones.isEmpty else { return Observation([], gaps: facts.zoneGaps) }
    let zones = facts.snapshot.zones.compactMap { authority in
      facts.snapshot.answer(authority.zone, .ns).map { answer in
        ZoneNames(
          zone: authority.zone, servers: authority.servers.map { HostAddresses($0.name, in: facts) },
          answer: answer)
      }
    }
    return Observation(zones, gaps: zones.flatMap(\.servers).flatMap(\.gaps))
  }

  /// Each once.
  package func addresses(_ family: AddressFamily) -> Set<IPAddress> {
    Set(servers.flatMap(\.addresses).filter { $0.family == family })
  }

  /// Every look-up of an address has told something.
  package var isComplete: Bool { servers.allSatisfy(\.gaps.isEmpty) }

  /// One name, or one machine under several.
  package var isSingle: Bool {
    if servers.count < 2 { return true }
    guard isComplete else { return false }
    let sets = Set(servers.map { Set($0.addresses) }.filter { !$0.isEmpty })
    return sets.count == 1 && addresses(.v4).count < 2 && addresses(.v6).count < 2
  }
}
