import DNSData
import Evidence

/// What the authoritative servers of a zone say together.
enum Authority {
  static let maximumNames = 13  // of one zone, as many as the root has
  static let maximumAddresses = 2  // of each name and family

  /// Of the server with the newest zone that says anything; nil where none does.
  static func answer(
    _ question: Question, of speakers: ZoneSpeakers, _ known: KnownAnswers, _ made: KnownServerAnswers
  ) -> Answer? {
    for server in speakers.newestFirst {
      if let answer = made(ServerQuestion(server, question)).flatMap({ complete($0, known) }) {
        return answer
      }
    }
    return nil
  }

  /// Where no server of the zone says anything of it, and all have been asked: why the first of them does not.
  static func failure(
    _ question: Question, in zone: ZoneAuthority, _ speakers: ZoneSpeakers, _ made: KnownServerAnswers
  ) -> Answer? {
    var failures: [ServerAnswer] = []
    for server in zone.addresses {
      guard let answer = speakers.mute[server] ?? made(ServerQuestion(server, question)) else { return nil }
      failures.append(answer)
    }
    guard let first = failures.first else { return nil }
    let failure: LookupFailure =
      switch first.result {
      case .failure(let failure): failure
      case .message(let message):
        if case .failure(let failure) = message.outcome {
          failure
        } else {
          .malformed("it is not authoritative")
        }
      }
    return Answer(question, .failure(failure), from: .server(first.question.server), at: first.time)
  }

  /// With what the resolver says of the rest of an alias; nil for what is no answer.
  static func complete(_ answer: ServerAnswer, _ known: KnownAnswers) -> Answer? {
    guard let message = answer.message, message.isAuthoritative, message.referral == nil else { return nil }
    let question = answer.question.question
    let signed = message.signed.map { [$0] } ?? []
    func answered(_ outcome: Outcome, _ more: [SignedAnswer] = []) -> Answer {
      Answer(
        question, outcome, from: .server(answer.question.server), at: answer.time,
        extendedErrors: message.extendedErrors, signed: signed + more)
    }
    guard let alias = message.alias else {
      if case .failure = message.outcome { return nil }
      return answered(message.outcome)
    }
    guard let rest = known(Question(alias.target, question.type)) else { return nil }
    let aliases = alias.records
    let outcome: Outcome =
      switch rest.outcome {
      case .records(let records, let more): .records(records, aliases: aliases + more)
      case .noSuchName(let more): .noSuchName(aliases: aliases + more)
      case .noData(let more): .noData(aliases: aliases + more)
      case .failure(let failure): .failure(failure)
      }
    return answered(outcome, rest.signed)
  }
}

extension ServerAnswer {
  /// The question to which an alias leads that the server does not follow.
  var openEnd: Question? {
    guard question.manner == .usual, let alias = message?.alias else { return nil }
    return Question(alias.target, question.question.type)
  }
}

/// The servers that have a zone, and say so with authority (RFC 1034 §4.2.1).
struct ZoneSpeakers: Equatable {
  /// As questions are asked: over UDP a server may hold back.
  private static let usualManners: [ServerQuestion.Manner] = [.usual, .stream]
  /// A server may know nothing of EDNS and have the zone all the same.
  static let signsOfLife = usualManners + [.withoutEDNS]

  let zone: Name
  /// In the order of their names.
  let servers: [ServerAddress]
  /// Those that answer what comes with EDNS. Of equal serials in the order of their names.
  let newestFirst: [ServerAddress]
  /// What the others say instead, those that have been heard: they are asked nothing else.
  let mute: [ServerAddress: ServerAnswer]

  init(_ authority: ZoneAuthority, _ made: KnownServerAnswers) {
    zone = authority.zone
    func serial(at server: ServerAddress, _ manners: [ServerQuestion.Manner]) -> UInt32? {
      let questions = manners.map { ServerQuestion(server, Question(authority.zone, .soa), $0) }
      return questions.compactMap { made($0)?.message?.serial }.first
    }
    servers = authority.addresses.filter { serial(at: $0, Self.signsOfLife) != nil }
    let serials = servers.compactMap { server in
      serial(at: server, Self.usualManners).map { (server: server, serial: $0) }
    }
    let newestFirst = serials.enumerated().sorted {
      $0.element.serial == $1.element.serial
        ? $0.offset < $1.offset : $0.element.serial.isNewer(than: $1.element.serial)
    }.map(\.element.server)
    self.newestFirst = newestFirst
    let others = authority.addresses.filter { !newestFirst.contains($0) }
    mute = others.reduce(into: [:]) { $0[$1] = made(ServerQuestion($1, Question(authority.zone, .soa))) }
  }
}

extension ServerMessage {
  /// Of the zone whose SOA record was asked for.
  fileprivate var serial: UInt32? {
    guard isAuthoritative, case .records(let records, let aliases) = outcome, aliases.isEmpty,
      case .soa(let soa) = records.first?.data
    else { return nil }
    return soa.serial
  }
}

extension UInt32 {
  /// RFC 1982 §3.2.
  fileprivate func isNewer(than other: UInt32) -> Bool { Int32(bitPattern: self &- other) > 0 }
}
