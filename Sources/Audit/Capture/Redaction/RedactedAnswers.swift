import DNSData
package import Evidence

extension Redactor {
  /// The captures' Snapshots with other addresses and local parts, by one Redactor: the same stand for the same.
  package static func redacting(_ snapshots: [Snapshot], _ generator: any RandomNumberGenerator) -> [Snapshot]
  {
    var redactor = Redactor(snapshots, generator)
    return snapshots.map { redactor.snapshot($0) }
  }

  mutating func snapshot(_ snapshot: Snapshot) -> Snapshot {
    var redacted = Snapshot(
      request: request(snapshot.request), environment: environment(snapshot.environment),
      started: snapshot.started)
    // Rounds are the depth of the whole, and known with the first answer.
    for answer in snapshot.answers { redacted.add(self.answer(answer), round: snapshot.rounds) }
    for answer in snapshot.cachedAnswers { redacted.add(cached: self.answer(answer)) }
    for answer in snapshot.serverAnswers { redacted.add(self.answer(answer)) }
    for zone in snapshot.zones { redacted.add(authority(zone)) }
    if let validations = snapshot.validations { redacted.keep(validations.map { validation($0) }) }
    for probe in snapshot.probes { redacted.add(self.probe(probe)) }
    for fetch in snapshot.fetches.compactMap({ self.fetch($0) }) { redacted.add(fetch) }
    return redacted
  }

  private mutating func request(_ request: AuditRequest) -> AuditRequest {
    AuditRequest(
      domain: request.domain, selectors: request.selectors, idleSelectors: request.idleSelectors,
      publishedSelectors: request.publishedSelectors, senders: request.senders.map { address($0) },
      allowedNetworks: request.allowedNetworks.map { network($0) }, probeLabel: request.probeLabel,
      blocklists: request.blocklists, probing: request.probing,
      wanted: WantedEvidence(
        questions: request.wanted.questions.map { question($0) },
        ownNames: request.wanted.ownNames.map { name($0) },
        doors: request.wanted.doors.map { WantedDoor(name($0.host), $0.service) },
        identities: request.wanted.identities.map { name($0) },
        pages: request.wanted.pages.map { name($0) },
        challenged: request.wanted.challenged.map { name($0) }),
      view: request.view, assumedSecure: request.assumedSecure.map { name($0) })
  }

  private mutating func environment(_ environment: Environment) -> Environment {
    Environment(
      resolvers: environment.resolvers.map { server($0) },
      zoneFiles: environment.zoneFiles.map(Self.fileName),
      suffixList: environment.suffixList, trustAnchors: environment.trustAnchors,
      network: environment.network.map { network($0) })
  }

  private mutating func network(_ facts: NetworkFacts) -> NetworkFacts {
    NetworkFacts(
      resolvers: facts.resolvers.map { resolver in
        ResolverFacts(
          server(resolver.server), resolver.standing, signatures: resolver.signatures,
          claimsValidation: resolver.claimsValidation, denials: resolver.denials.map { denial($0) },
          streamFailure: resolver.streamFailure)
      },
      directPorts: facts.directPorts.map { port in
        DirectPortFacts(
          port.family, asked: port.asked.map { address($0) }, datagrams: port.datagrams, stream: port.stream)
      }, clock: facts.clock)
  }

  private mutating func denial(_ denial: ResolverFacts.Denial) -> ResolverFacts.Denial {
    switch denial {
    case .invented(let addresses): .invented(addresses.map { address($0) })
    case .truthful, .noData, .unknown: denial
    }
  }

  /// Without the folders, which may be named after somebody.
  package static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  mutating func server(_ server: ServerAddress) -> ServerAddress {
    ServerAddress(address(server.address), port: server.port)
  }

  mutating func question(_ question: Question) -> Question {
    Question(name(question.name), question.type)
  }

  mutating func answer(_ answer: Answer) -> Answer {
    let responder: Responder =
      switch answer.responder {
      case .server(let address): .server(server(address))
      case .zoneFile(let path): .zoneFile(Self.fileName(path))
      case .nobody: .nobody
      }
    return Answer(
      question(answer.question), outcome(answer.outcome), from: responder, at: answer.time,
      extendedErrors: extendedErrors(answer.extendedErrors), signed: answer.signed.map { signed($0) })
  }

  mutating func extendedErrors(_ errors: [ExtendedError]) -> [ExtendedError] {
    errors.map { ExtendedError(code: $0.code, text: text($0.text)) }
  }

  mutating func outcome(_ outcome: Outcome) -> Outcome {
    switch outcome {
    case .records(let records, let aliases): .records(self.records(records), aliases: self.records(aliases))
    case .noSuchName(let aliases): .noSuchName(aliases: records(aliases))
    case .noData(let aliases): .noData(aliases: records(aliases))
    case .failure: outcome
    }
  }

  mutating func records(_ records: [Record]) -> [Record] {
    records.map { Record(name($0.name), ttl: $0.ttl, data($0.data)) }
  }

  mutating func data(_ data: RecordData) -> RecordData {
    switch data {
    case .a(let address): self.data(.v4(address))
    case .aaaa(let address): self.data(.v6(address))
    case .ns(let name): .ns(self.name(name))
    case .cname(let name): .cname(self.name(name))
    case .ptr(let name): .ptr(self.name(name))
    case .mx(let mx): .mx(MX(preference: mx.preference, exchange: name(mx.exchange)))
    case .txt(let txt): .txt(self.txt(txt))
    case .soa(let soa):
      .soa(
        SOA(
          primary: name(soa.primary), mailbox: mailbox(soa.mailbox), serial: soa.serial,
          refresh: soa.refresh, retry: soa.retry, expire: soa.expire, minimum: soa.minimum))
    case .srv(let srv):
      .srv(SRV(priority: srv.priority, weight: srv.weight, port: srv.port, target: name(srv.target)))
    case .caa(let caa): .caa(CAA(flags: caa.flags, tag: caa.tag, value: text(caa.value)))
    case .rrsig(let rrsig):
      .rrsig(
        RRSIG(
          covered: rrsig.covered, algorithm: rrsig.algorithm, labels: rrsig.labels,
          originalTTL: rrsig.originalTTL, expiration: rrsig.expiration, inception: rrsig.inception,
          keyTag: rrsig.keyTag, signer: name(rrsig.signer), signature: rrsig.signature))
    case .nsec(let nsec): .nsec(NSEC(next: name(nsec.next), types: nsec.types))
    case .tlsa, .ds, .dnskey, .nsec3, .unknown: data
    }
  }

  private mutating func data(_ address: IPAddress) -> RecordData {
    switch self.address(address) {
    case .v4(let address): .a(address)
    case .v6(let address): .aaaa(address)
    }
  }

  /// The strings stay as they are cut, unless something stands across a cut, or one grows too long.
  private mutating func txt(_ txt: TXT) -> TXT {
    let joined = text(txt.joined)
    let strings = txt.strings.map { text($0) }
    // Where nothing is found in the whole, what the cuts set apart is none of its words, as in terms glued together.
    let isFaithful = Array(strings.joined()) == joined || joined == txt.joined
    return isFaithful && strings.allSatisfy { $0.count <= TXT.maximumStringLength }
      ? TXT(strings: strings) : TXT(joined: joined)
  }
}

extension Snapshot {
  /// All that stand in it as such.
  var addresses: [IPAddress] {
    let servers = (zones.flatMap { $0.servers + $0.parentServers }).flatMap(\.addresses)
    let published = answers.flatMap(\.records).compactMap { record -> IPAddress? in
      switch record.data {
      case .a(let address): .v4(address)
      case .aaaa(let address): .v6(address)
      default: nil
      }
    }
    return request.senders + servers + published + probes.map(\.request.address)
      + fetches.flatMap(\.request.addresses)
  }
}
