package import DNSData
package import Evidence

/// The name servers of one zone, each with what it said itself.
package struct ZoneServers: Subject {
  package let authority: ZoneAuthority
  /// Each address once.
  package let views: [NameServerView]

  package var zone: Name { authority.zone }
  package var speaking: [NameServerView] { views.filter { $0.soa != nil } }

  package static func observe(_ facts: Facts) -> Observation<ZoneServers> { facts.zoneServers }

  /// What the servers that have the zone say of `question`, those that say the same together, in order.
  package func statements(about question: Question) -> [(statement: ServerStatement, views: [NameServerView])]
  {
    var groups: [(statement: ServerStatement, views: [NameServerView])] = []
    for view in speaking {
      guard let statement = view.statement(about: question) else { continue }
      if let index = groups.firstIndex(where: { $0.statement == statement }) {
        groups[index].views.append(view)
      } else {
        groups.append((statement, [view]))
      }
    }
    return groups
  }

  /// All that they were asked as a resolver asks, sorted.
  package var questions: [Question] {
    let usual = speaking.flatMap(\.answers).filter { $0.question.manner == .usual }
    return Set(usual.map(\.question.question).filter { $0.name.isAtOrBelow(zone) }).sorted()
  }

  /// As servers of the zone above hand it out.
  package func delegations(in facts: Facts) -> [(server: ServerAddress, referral: Referral)] {
    authority.parentAddresses.compactMap { server in
      let answer = facts.snapshot[ServerQuestion(server, Question(zone, .ns))]
      guard let referral = answer?.message?.referral, referral.zone == zone else { return nil }
      return (server, referral)
    }
  }
}

extension Facts {
  func findZoneServers() -> Observation<ZoneServers> {
    let gaps = zoneGaps
    guard gaps.isEmpty, !snapshot.zones.isEmpty else { return Observation([], gaps: gaps) }
    let paths = DirectPaths(snapshot)
    let answers = Dictionary(grouping: snapshot.serverAnswers, by: \.question.server)
    let zones = snapshot.zones.map { authority in
      ZoneServers(
        authority: authority,
        views: authority.addresses.map { NameServerView($0, of: authority, answers[$0] ?? [], paths) })
    }
    return Observation(zones, gaps: zones.flatMap(\.views).compactMap(\.gap))
  }
}

extension [NameServerView] {
  package var titles: Message { map(\.title).enumeration }
}
