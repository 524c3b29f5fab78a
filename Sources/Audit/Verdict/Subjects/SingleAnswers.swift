package import DNSData
import Evidence

/// A name that is an alias, and has records of its own as well, by the word of one responder.
package struct MixedAlias: Subject {
  package let alias: Answer
  /// Of other types, at the same name.
  package let types: [RecordType]

  package static func observe(_ facts: Facts) -> Observation<MixedAlias> {
    let judged = facts.snapshot.answers { facts.ownership(of: $0.question.name) == .own }
    var found = mixed(judged)
    for view in facts.zoneServers.subjects.flatMap(\.views) {
      let said = view.answers.filter { $0.question.manner == .usual }.compactMap(\.asAnswer)
      found += mixed(said).filter { new in !found.contains { $0.name == new.name } }
    }
    let aliases = judged.contains { $0.aliases.first?.name == $0.question.name }
    guard found.isEmpty else { return Observation(found) }
    return aliases ? Observation([], gaps: []) : .notApplicable
  }

  package var name: Name { alias.question.name }

  private static func mixed(_ answers: [Answer]) -> [MixedAlias] {
    let byName = Dictionary(grouping: answers, by: \.question.name)
    return byName.keys.sorted().compactMap { name -> MixedAlias? in
      let here = byName[name] ?? []
      guard let alias = here.first(where: { $0.aliases.first?.name == name }) else { return nil }
      let others = here.filter {
        !$0.records.isEmpty && $0.aliases.isEmpty && $0.responder == alias.responder
          && !beside.contains($0.question.type)
      }
      guard !others.isEmpty else { return nil }
      return MixedAlias(alias: alias, types: others.map(\.question.type).sorted())
    }
  }

  /// RFC 4034 §2.5, §3, §4: these stand beside an alias.
  private static let beside: Set<RecordType> = [.cname, .rrsig, .nsec]
}

extension ServerAnswer {
  var asAnswer: Answer? {
    guard let message, message.isAuthoritative, message.referral == nil else { return nil }
    return Answer(question.question, message.ownOutcome, from: .server(question.server), at: time)
  }
}

/// A look-up of an own name that follows aliases.
package struct AliasedAnswer: Subject {
  package let answer: Answer
  package var isLoop: Bool { answer.failure == .aliasLoop }

  package static func observe(_ facts: Facts) -> Observation<AliasedAnswer> {
    Observation(
      facts.snapshot.answers { answer in
        (!answer.aliases.isEmpty || answer.failure == .aliasLoop)
          && facts.ownership(of: answer.question.name) == .own
      }.map(AliasedAnswer.init))
  }
}

/// Records of the domain with the TTL that its zone gives them: those from a cache tell nothing of it.
package struct PublishedSet: Subject {
  package let answer: Answer
  /// In seconds.
  package let ttl: UInt32

  package static func observe(_ facts: Facts) -> Observation<PublishedSet> {
    let types: Set<RecordType> = [.mx, .txt]
    let sets = facts.snapshot.answers { answer in
      types.contains(answer.question.type) && !answer.records.isEmpty && answer.aliases.isEmpty
        && answer.question.name.isAtOrBelow(facts.domain) && facts.isAuthoritative(answer)
    }
    return Observation(
      sets.compactMap { answer in
        answer.records.map(\.ttl).min().map { PublishedSet(answer: answer, ttl: $0) }
      }, gaps: sets.isEmpty ? facts.mx.map { facts.isAuthoritative($0) ? [] : facts.zoneGaps } ?? [] : [])
  }
}

extension Facts {
  /// Said by a server that has the zone, or by its file.
  func isAuthoritative(_ answer: Answer) -> Bool {
    if case .zoneFile = answer.responder { return true }
    return snapshot.cachedAnswer(answer.question) != nil
  }
}

/// What the resolver says where an authoritative server says something else.
package struct StaleAnswer: Subject {
  package let cached: Answer
  package let judged: Answer
  package let isDifferent: Bool

  /// In seconds; nil where the message does not tell.
  package var timeLeft: UInt32? {
    let records = cached.records + cached.aliases
    guard records.isEmpty else { return records.map(\.ttl).min() }
    for signed in cached.signed {
      guard case .response(_, _, let authority) = signed.outcome,
        let record = authority.first(where: { $0.type == .soa })
      else { continue }
      // RFC 2308 §5: the lesser of the record's TTL and its last field. The cache counts the former down.
      let minimum = record.rdata.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return min(record.ttl, minimum)
    }
    return nil
  }

  package static func observe(_ facts: Facts) -> Observation<StaleAnswer> {
    let gaps = facts.zoneServers.gaps
    let answers = facts.snapshot.cachedAnswers.filter { isCompared($0.question, facts) }
    let found = answers.compactMap { cached -> StaleAnswer? in
      guard let judged = facts.snapshot[cached.question], let new = ServerStatement(judged.outcome),
        let old = ServerStatement(cached.outcome)
      else { return nil }
      return StaleAnswer(cached: cached, judged: judged, isDifferent: new != old)
    }
    return Observation(found, gaps: gaps)
  }

  /// Addresses may differ by where one asks from, but for those of mail hosts; serials and signatures change by nature.
  private static func isCompared(_ question: Question, _ facts: Facts) -> Bool {
    switch question.type {
    case .a, .aaaa: facts.exchangers.contains(question.name)
    case .mx, .txt, .ns, .srv, .tlsa, .caa, .ptr: true
    default: false
    }
  }
}
