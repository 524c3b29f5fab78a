import DNSData
import Evidence

/// Which ways to name servers are open from here. What nobody at all answers proves nothing of anybody: the way may be
/// closed, by a firewall here or by what stands in between.
struct DirectPaths: Sendable {
  private struct Path: Hashable {
    let family: AddressFamily
    let manner: ServerQuestion.Manner
  }

  private var open: Set<Path> = []

  init(_ snapshot: Snapshot) {
    for answer in snapshot.serverAnswers {
      guard let message = answer.message else { continue }
      let family = answer.question.server.address.family
      open.insert(Path(family: family, manner: answer.question.manner))
      // What was cut short over UDP came over TCP.
      if message.datagramSize != nil { open.insert(Path(family: family, manner: .usual)) }
      if message.wasTruncated, message.failure == nil { open.insert(Path(family: family, manner: .stream)) }
    }
  }

  /// Somebody of this family answers what is asked so.
  func isOpen(_ manner: ServerQuestion.Manner, _ family: AddressFamily) -> Bool {
    open.contains(Path(family: family, manner: manner))
  }

  func isOpen(_ family: AddressFamily) -> Bool { open.contains { $0.family == family } }
}

extension ServerMessage {
  var failure: LookupFailure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }
}

extension Facts {
  /// Why nothing is known of what single name servers say; nil if something is.
  var directGap: NotTested? {
    guard snapshot.request.view.asksServers, !snapshot.environment.isOffline else { return .serversNotAsked }
    let answers = snapshot.serverAnswers
    guard !answers.isEmpty else { return .serversNotAsked }
    guard !answers.contains(where: { $0.message != nil }) else { return nil }
    let asked = answers.filter { $0.failure?.isNotTested != true }
    return asked.isEmpty ? .addressNotAllowed : .directPortClosed
  }

  /// Why nothing is known of any zone's servers; empty where no zone was found to have any.
  var zoneGaps: [Gap] {
    guard snapshot.zones.isEmpty else {
      return directGap.map { [Gap(Place(domain, .ns), .notTested($0))] } ?? []
    }
    guard snapshot.request.view.asksServers, !snapshot.environment.isOffline else {
      return [Gap(Place(domain, .ns), .notTested(.serversNotAsked))]
    }
    let servers = snapshot.answers { $0.question.type == .ns && domain.isAtOrBelow($0.question.name) }
    if servers.contains(where: { if case .zoneFile = $0.responder { true } else { false } }) {
      return [Gap(Place(domain, .ns), .notTested(.serversNotAsked))]
    }
    return servers.filter { $0.failure != nil }.prefix(1).map(Gap.init)
  }
}
