import DNSData
package import Evidence
import PublicSuffix

// Which zones the audited names are in, and what is asked of the servers that speak for them.

/// The look-ups at single servers made so far; nil: not made, or not over.
package typealias KnownServerAnswers = (ServerQuestion) -> ServerAnswer?

extension Inquiry {
  private static let maximumZones = 4
  private static let maximumParentServers = 2

  // MARK: - Of the resolver

  /// Name servers of the zones and of those above, with their addresses.
  func authorities(_ known: KnownAnswers, _ made: KnownServerAnswers) -> Set<Question> {
    guard request.view.asksServers else { return [] }
    var questions = Set(possibleZones(known).flatMap { [Question($0, .ns), Question($0, .soa)] })
    for zone in zones(known, made) {
      var above = zone.zone.parent
      while let name = above {
        questions.insert(Question(name, .ns))
        guard known(Question(name, .ns))?.isEmpty == true else { break }
        above = name.parent
      }
      for server in zone.servers + zone.parentServers {
        questions.formUnion([Question(server.name, .a), Question(server.name, .aaaa)])
      }
    }
    return questions
  }

  /// Names that may be zones: the domain, and what its owner has registered.
  private func possibleZones(_ known: KnownAnswers) -> [Name] {
    let own = [request.domain] + exchangers(known).filter(isOwn)
    var names = [request.domain]
    for name in own.compactMap(SuffixList.registrableDomain) where !names.contains(name) {
      names.append(name)
    }
    return Array(names.prefix(Self.maximumZones))
  }

  /// Those that files speak for are not looked for: they may not be published yet.
  func zones(_ known: KnownAnswers, _ made: KnownServerAnswers) -> [ZoneAuthority] {
    guard request.view.asksServers else { return [] }
    var zones: [ZoneAuthority] = []
    for name in possibleZones(known) {
      guard let answer = known(Question(name, .ns)), case .server = answer.responder,
        answer.aliases.isEmpty, !answer.nameServers.isEmpty
      else { continue }
      zones.append(authority(of: name, answer.nameServers, known, made))
    }
    return zones
  }

  private func authority(
    of zone: Name, _ published: [Name], _ known: KnownAnswers, _ made: KnownServerAnswers
  ) -> ZoneAuthority {
    let above = parent(of: zone, known)
    let parentServers = (above?.servers ?? []).sorted().prefix(Self.maximumParentServers).map {
      NameServer($0, Array(addresses(of: $0, first: 1, known)))
    }
    let delegated = parentServers.flatMap(\.addresses).flatMap { address in
      made(ServerQuestion(ServerAddress(address), Question(zone, .ns)))?.message?.referral?.servers ?? []
    }
    let names = Set(published + delegated).sorted().prefix(Authority.maximumNames)
    return ZoneAuthority(
      zone,
      servers: names.map {
        NameServer($0, Array(addresses(of: $0, first: Authority.maximumAddresses, known)))
      }, parent: above?.name, parentServers: parentServers)
  }

  private func parent(of zone: Name, _ known: KnownAnswers) -> (name: Name, servers: [Name])? {
    var above = zone.parent
    while let name = above, let answer = known(Question(name, .ns)) {
      guard answer.nameServers.isEmpty else { return (name, answer.nameServers) }
      above = name.parent
    }
    return nil
  }

  private func addresses(of server: Name, first number: Int, _ known: KnownAnswers) -> [IPAddress] {
    [RecordType.a, .aaaa].flatMap { (known(Question(server, $0))?.addresses ?? []).prefix(number) }
  }

  // MARK: - Of the servers

  /// `questions` are those of the audit: what of them is in a zone, each of its servers is asked.
  func serverQuestions(
    _ questions: Set<Question>, in zones: [ZoneAuthority], _ speakers: [ZoneSpeakers], _ known: KnownAnswers,
    _ made: KnownServerAnswers
  ) -> Set<ServerQuestion> {
    var asked: Set<ServerQuestion> = []
    for zone in zones {
      asked.formUnion(zone.parentAddresses.flatMap { delegation(of: zone.zone, at: $0) })
      let soa = Question(zone.zone, .soa)
      for server in zone.addresses {
        asked.formUnion(ZoneSpeakers.signsOfLife.map { ServerQuestion(server, soa, $0) })
      }
      guard let speakers = speakers.first(where: { $0.zone == zone.zone }) else { continue }
      asked.formUnion(speakers.servers.flatMap { checks(of: $0, zone) })
      let inside = questions.filter { zones.zone(of: $0)?.zone == zone.zone }
      // Who leaves unanswered what comes with EDNS would let each question wait in vain.
      let answering = speakers.servers.filter(speakers.newestFirst.contains)
      for (index, server) in answering.enumerated() {
        let wanted = index == 0 ? inside : inside.filter { !isGuess($0, known) }
        asked.formUnion(wanted.map { ServerQuestion(server, $0) })
        asked.formUnion(wanted.flatMap { secondLook(at: $0, of: server, made) })
        let above = wanted.flatMap { namesAbove($0, in: zone.zone, at: server, made) }
        asked.formUnion(above.map { ServerQuestion(server, Question($0, .a)) })
      }
    }
    return asked
  }

  /// In every manner in which the zone's own servers are asked: whether silence is theirs or lies on the way shows where
  /// others answer.
  private func delegation(of zone: Name, at server: ServerAddress) -> [ServerQuestion] {
    let manners: [ServerQuestion.Manner] = [
      .usual, .stream, .withoutEDNS, .unknownOption, .unknownFlag, .unknownVersion, .largePayload,
    ]
    return manners.map { ServerQuestion(server, Question(zone, .ns), $0) }
  }

  /// What a server that has the zone does not answer is asked again: over TCP, where no rate is limited, and with room
  /// for what may have been too large.
  private func secondLook(
    at question: Question, of server: ServerAddress, _ made: KnownServerAnswers
  ) -> [ServerQuestion] {
    guard let first = made(ServerQuestion(server, question)), first.isRefusal else { return [] }
    return [.stream, .largePayload].map { ServerQuestion(server, question, $0) }
  }

  /// The names between a record and its zone, at which resolvers that tell no more than they must ask first (RFC 9156
  /// §2.3).
  private func namesAbove(
    _ question: Question, in zone: Name, at server: ServerAddress, _ made: KnownServerAnswers
  ) -> [Name] {
    guard let message = made(ServerQuestion(server, question))?.message, message.isAuthoritative else {
      return []
    }
    if case .records = message.outcome {} else if message.ownOutcome.aliases.isEmpty { return [] }
    return Array(question.name.selfAndAncestors.dropFirst().prefix { $0 != zone && !$0.isRoot })
  }

  /// What tells whether a server is sound.
  private func checks(of server: ServerAddress, _ zone: ZoneAuthority) -> Set<ServerQuestion> {
    let soa = Question(zone.zone, .soa)
    var checks: Set<ServerQuestion> = [
      ServerQuestion(server, Question(zone.zone, .ns)),
      ServerQuestion(server, soa, .unknownOption), ServerQuestion(server, soa, .unknownFlag),
      ServerQuestion(server, soa, .unknownVersion),
      ServerQuestion(server, Question(zone.zone, .dnskey), .largePayload),
      ServerQuestion(server, Question(zone.zone, .axfr), .stream),
    ]
    for type in [RecordType.dnskey, .nsec3param, .cds, .cdnskey] {
      checks.insert(ServerQuestion(server, Question(zone.zone, type)))
    }
    // Names of a zone that it does not hold show whether it looks things up for anybody.
    if let parent = zone.parent { checks.insert(ServerQuestion(server, Question(parent, .soa), .recursive)) }
    return checks
  }

  /// Nobody has said that there is anything, and nothing is: one server's word is enough.
  private func isGuess(_ question: Question, _ known: KnownAnswers) -> Bool {
    guard known(question)?.isEmpty == true else { return false }
    return question.name.labels.contains(Array(request.probeLabel.utf8))
      || (request.selectors.isEmpty && selectors.contains(question.name))
  }
}

extension ServerAnswer {
  /// A failure that is the server's, or may be.
  fileprivate var isRefusal: Bool {
    switch result {
    case .failure(let failure): !failure.isNotTested
    case .message(let message):
      if case .failure = message.outcome { message.alias == nil && message.referral == nil } else { false }
    }
  }
}

extension Answer {
  var nameServers: [Name] {
    records.compactMap { if case .ns(let name) = $0.data { name } else { nil } }
  }
}
