import DNSData
package import Evidence

/// A server that has the zone, where it is known what becomes of questions over TCP.
package struct StreamService: Subject {
  package let view: NameServerView
  /// Others answer over TCP, and this one does not.
  package let isMissing: Bool

  package static func observe(_ facts: Facts) -> Observation<StreamService> {
    let zones = facts.zoneServers
    var found: [StreamService] = []
    var gaps = zones.gaps
    for view in zones.subjects.flatMap(\.speaking) {
      let soa = Question(view.zone, .soa)
      guard !view.isBlocked(soa, .stream) else {
        gaps.append(Gap(view.place, .notTested(.directPortClosed)))
        continue
      }
      found.append(StreamService(view: view, isMissing: view.knowsEDNS && view.isSilent(soa, .stream)))
    }
    return Observation(found, gaps: gaps)
  }
}

/// What a server that has the zone makes of EDNS (RFC 8906 §8.2).
package struct EDNSConduct: Subject {
  package enum Trouble: Hashable, Sendable {
    case silent(ServerQuestion.Manner)
    case responds(ServerQuestion.Manner, code: Int)
    /// It answers without an OPT record.
    case unknown
  }

  package let view: NameServerView
  package let troubles: [Trouble]

  package static func observe(_ facts: Facts) -> Observation<EDNSConduct> {
    let zones = facts.zoneServers
    var found: [EDNSConduct] = []
    var gaps = zones.gaps
    for view in zones.subjects.flatMap(\.speaking) {
      let soa = Question(view.zone, .soa)
      if manners.contains(where: { view.isBlocked(soa, $0) }) {
        gaps.append(Gap(view.place, .notTested(.directPortClosed)))
      }
      // Whoever keeps silent over UDP altogether has another fault.
      guard manners.contains(where: { view.answer(soa, $0)?.message?.datagramSize != nil }) else { continue }
      found.append(EDNSConduct(view: view, troubles: manners.compactMap { trouble(of: view, soa, $0) }))
    }
    return Observation(found, gaps: gaps)
  }

  private static let manners: [ServerQuestion.Manner] = [
    .usual, .withoutEDNS, .unknownOption, .unknownFlag, .unknownVersion,
  ]

  private static func trouble(
    of view: NameServerView, _ soa: Question, _ manner: ServerQuestion.Manner
  ) -> Trouble? {
    if view.isSilent(soa, manner) { return .silent(manner) }
    guard let message = view.answer(soa, manner)?.message else { return nil }
    let expected = manner == .unknownVersion ? ServerMessage.badVersion : 0
    if message.responseCode != expected { return .responds(manner, code: message.responseCode) }
    return manner == .usual && message.ednsVersion == nil ? .unknown : nil
  }
}

extension ServerMessage {
  /// BADVERS (RFC 6891 §9).
  package static let badVersion = 16
}
