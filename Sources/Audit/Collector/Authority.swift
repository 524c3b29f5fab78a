import DNSData
import Evidence

/// What the authoritative servers of a zone say together.
enum Authority {
  /// The zone that a record would stand in: DS records stand above the cut (RFC 4035 §2.4).
  static func zone(of question: Question, in zones: [ZoneAuthority]) -> ZoneAuthority? {
    zones.filter {
      question.name.isAtOrBelow($0.zone) && (question.type != .ds || question.name != $0.zone)
    }.max { $0.zone.labelCount < $1.zone.labelCount }
  }

  /// It has the zone, and says so with authority (RFC 1034 §4.2.1).
  static func speaks(_ server: ServerAddress, for zone: Name, _ made: KnownServerAnswers) -> Bool {
    serial(of: zone, at: server, made) != nil
  }

  private static func serial(
    of zone: Name, at server: ServerAddress, _ made: KnownServerAnswers
  ) -> UInt32? {
    guard let message = made(ServerQuestion(server, Question(zone, .soa)))?.message, message.isAuthoritative,
      case .records(let records, let aliases) = message.outcome, aliases.isEmpty,
      case .soa(let soa) = records.first?.data
    else { return nil }
    return soa.serial
  }

  /// Of the server with the newest zone, of equals the first; nil where nobody spoke, or the record is not in the zone.
  static func answer(
    _ question: Question, in zones: [ZoneAuthority], _ known: KnownAnswers, _ made: KnownServerAnswers
  ) -> Answer? {
    guard let zone = zone(of: question, in: zones) else { return nil }
    var best: (serial: UInt32, answer: Answer)?
    for server in zone.addresses {
      guard let serial = serial(of: zone.zone, at: server, made),
        best.map({ serial.isNewer(than: $0.serial) }) ?? true,
        let answer = made(ServerQuestion(server, question)).flatMap({ complete($0, known) })
      else { continue }
      best = (serial, answer)
    }
    return best?.answer
  }

  /// Where no server of the zone says anything of it, and all have been asked: why the first of them does not.
  static func failure(
    _ question: Question, in zones: [ZoneAuthority], _ made: KnownServerAnswers
  ) -> Answer? {
    guard let zone = zone(of: question, in: zones) else { return nil }
    var failures: [ServerAnswer] = []
    for server in zone.addresses {
      let asked = speaks(server, for: zone.zone, made) ? question : Question(zone.zone, .soa)
      guard let answer = made(ServerQuestion(server, asked)) else { return nil }
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

  /// The questions to which aliases lead that no server of their zone follows.
  static func openEnds(_ made: some Sequence<ServerAnswer>) -> Set<Question> {
    Set(
      made.compactMap { answer in
        guard answer.question.manner == .usual, let alias = answer.message?.alias else { return nil }
        return Question(alias.target, answer.question.question.type)
      })
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

extension UInt32 {
  /// RFC 1982 §3.2.
  fileprivate func isNewer(than other: UInt32) -> Bool { Int32(bitPattern: self &- other) > 0 }
}
