package import DNSData
package import Evidence

/// One address of a zone's name servers.
package struct NameServerView: Sendable {
  package enum Standing: Hashable, Sendable {
    /// With authority (RFC 1034 §4.2.1); its SOA record.
    case speaks(SOA)
    case lame(Lameness)
    /// Neither over UDP nor over TCP, while others of its family answer.
    case silent
    case unknown(NotTested)
  }

  package enum Lameness: Hashable, Sendable {
    case responds(code: Int)
    case unreadable
    /// It has the zone, and does not speak for it.
    case notAuthoritative
    /// It sends resolvers to the servers of this zone.
    case refers(Name)
    /// The zone's own name is an alias.
    case alias
    case noZone
  }

  package let zone: Name
  package let names: [Name]
  package let server: ServerAddress
  package let standing: Standing
  /// Sorted by question and manner.
  package let answers: [ServerAnswer]
  private let byQuestion: [ServerQuestion: ServerAnswer]
  private let paths: DirectPaths

  init(_ server: ServerAddress, of authority: ZoneAuthority, _ answers: [ServerAnswer], _ paths: DirectPaths)
  {
    zone = authority.zone
    names = authority.servers.filter { $0.addresses.contains(server.address) }.map(\.name)
    self.server = server
    self.answers = answers
    let byQuestion = Dictionary(answers.map { ($0.question, $0) }) { $1 }
    self.byQuestion = byQuestion
    self.paths = paths
    let soa = Question(authority.zone, .soa)
    standing = Self.standing(
      [.usual, .stream, .withoutEDNS].compactMap { byQuestion[ServerQuestion(server, soa, $0)] },
      zone: authority.zone, paths)
  }

  private static func standing(_ answers: [ServerAnswer], zone: Name, _ paths: DirectPaths) -> Standing {
    guard let first = answers.first else { return .unknown(.limitReached) }
    if first.failure == .addressNotAllowed { return .unknown(.addressNotAllowed) }
    if first.failure?.isNotTested == true { return .unknown(.limitReached) }
    let standings = answers.compactMap { lameness(in: $0, zone: zone) }
    // Over UDP a server may hold back, and of EDNS know nothing; what it says otherwise counts as much.
    if let speaking = standings.first(where: { if case .speaks = $0 { true } else { false } }) {
      return speaking
    }
    if let lame = standings.first { return lame }
    let family = first.question.server.address.family
    guard paths.isOpen(.usual, family) else {
      return .unknown(paths.isOpen(family) ? .directPortClosed : .familyMissing)
    }
    return .silent
  }

  private static func lameness(in answer: ServerAnswer, zone: Name) -> Standing? {
    guard let message = answer.message else {
      if case .malformed = answer.failure { return .lame(.unreadable) }
      return nil
    }
    if let referral = message.referral { return .lame(.refers(referral.zone)) }
    switch message.ownOutcome {
    case .records(let records, let aliases):
      guard aliases.isEmpty, case .soa(let soa) = records.first?.data else { return .lame(.alias) }
      return message.isAuthoritative ? .speaks(soa) : .lame(.notAuthoritative)
    case .noData(let aliases), .noSuchName(let aliases):
      return .lame(aliases.isEmpty ? message.isAuthoritative ? .noZone : .notAuthoritative : .alias)
    case .failure:
      return .lame(message.responseCode == 0 ? .unreadable : .responds(code: message.responseCode))
    }
  }

  package var soa: SOA? {
    if case .speaks(let soa) = standing { soa } else { nil }
  }

  var gap: Gap? {
    if case .unknown(let reason) = standing { Gap(place, .notTested(reason)) } else { nil }
  }

  package var place: Place { Place(names.first ?? zone, address: server.address, port: server.port) }
  package var responder: Responder { .server(server) }
  package var family: AddressFamily { server.address.family }

  /// "ns1.example.com (192.0.2.53)".
  package var title: Message {
    guard !names.isEmpty else { return "\(server.address)" }
    return names.map { Message("\($0)") }.enumeration + " (\(server.address))"
  }

  package func answer(_ question: Question, _ manner: ServerQuestion.Manner = .usual) -> ServerAnswer? {
    byQuestion[ServerQuestion(server, question, manner)]
  }

  /// It kept silent where it was asked in this manner, which other servers of its family answer.
  package func isSilent(_ question: Question, _ manner: ServerQuestion.Manner) -> Bool {
    guard let failure = answer(question, manner)?.failure, paths.isOpen(manner, family) else { return false }
    return failure == .timeout || failure == .unreachable
  }

  /// What it was asked in this manner, and nobody of its family answers.
  package func isBlocked(_ question: Question, _ manner: ServerQuestion.Manner) -> Bool {
    guard let answer = answer(question, manner), answer.message == nil else { return false }
    return !paths.isOpen(manner, family)
  }

  package func statement(about question: Question) -> ServerStatement? {
    guard let message = answer(question)?.message, message.isAuthoritative, message.referral == nil else {
      return nil
    }
    return ServerStatement(message)
  }
}
