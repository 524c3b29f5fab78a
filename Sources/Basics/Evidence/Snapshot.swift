package import DNSData

/// Everything that was asked in one audit, of whom, when, and what came back. Judgement is a pure function of it. How it
/// is coded is the format of capture files: what changes that is a new version of `Capture`.
package struct Snapshot: Hashable, Sendable {
  package private(set) var request: AuditRequest
  package private(set) var environment: Environment
  package let started: Timestamp
  /// The longest chain of questions of which each had to wait for the answer before it.
  package private(set) var rounds = 0
  /// The zones that were asked for at their own servers.
  package private(set) var zones: [ZoneAuthority] = []
  /// What was validated, where the messages that show it have been changed (`Capture` with other addresses); nil: they
  /// show it themselves.
  package private(set) var validations: [Validation]?
  private var lookUps: [Question: Answer] = [:]
  private var cached: [Question: Answer] = [:]
  private var servers: [ServerQuestion: ServerAnswer] = [:]
  private var conversations: [ProbeRequest: ServerProbe] = [:]
  private var documents: [FetchRequest: HTTPFetch] = [:]

  package init(request: AuditRequest, environment: Environment, started: Timestamp) {
    self.request = request
    self.environment = environment
    self.started = started
  }

  /// The same evidence, looked at for another request.
  package func judged(for request: AuditRequest) -> Snapshot {
    var snapshot = self
    snapshot.request = request
    return snapshot
  }

  /// With what was seen of the network meanwhile.
  package func knowing(_ network: NetworkFacts?) -> Snapshot {
    var snapshot = self
    snapshot.environment = environment.knowing(network)
    return snapshot
  }

  /// What is judged: said by an authoritative server of an audited zone, else by the resolver or a file.
  package subscript(question: Question) -> Answer? { lookUps[question] }

  package func answer(_ name: Name, _ type: RecordType) -> Answer? { lookUps[Question(name, type)] }

  /// Sorted by name and type.
  package var answers: [Answer] { answers { _ in true } }

  /// Sorted in the same way; only those that are wanted, since sorting is what costs time.
  package func answers(where isWanted: (Answer) -> Bool) -> [Answer] {
    lookUps.values.filter(isWanted).sorted {
      ($0.question.name, $0.question.type) < ($1.question.name, $1.question.type)
    }
  }

  /// What the resolver says where an authoritative server's answer is judged; nil elsewhere.
  package func cachedAnswer(_ question: Question) -> Answer? { cached[question] }

  /// Sorted by name and type.
  package var cachedAnswers: [Answer] { cached.values.sorted { $0.question < $1.question } }

  package subscript(question: ServerQuestion) -> ServerAnswer? { servers[question] }

  /// Sorted by server, then name and type.
  package var serverAnswers: [ServerAnswer] { servers.values.sorted { $0.question < $1.question } }

  package mutating func add(_ answer: ServerAnswer) { servers[answer.question] = answer }

  package mutating func add(_ zone: ZoneAuthority) { zones.append(zone) }

  package mutating func keep(_ validations: [Validation]) { self.validations = validations }

  /// Beside the one that is judged.
  package mutating func add(cached answer: Answer) { cached[answer.question] = answer }

  package subscript(request: ProbeRequest) -> ServerProbe? { conversations[request] }

  /// Sorted by host, address and port.
  package var probes: [ServerProbe] { conversations.values.sorted { $0.request < $1.request } }

  /// Sorted by URL.
  package var fetches: [HTTPFetch] {
    func order(_ fetch: HTTPFetch) -> (String, String) { (fetch.request.url, "\(fetch.request.addresses)") }
    return documents.values.sorted { order($0) < order($1) }
  }

  package mutating func add(_ fetch: HTTPFetch) { documents[fetch.request] = fetch }

  package mutating func add(_ probe: ServerProbe) { conversations[probe.request] = probe }

  /// With other outcomes in place of those that `outcome` gives one for.
  package func replacingOutcomes(_ outcome: (Answer) -> Outcome?) -> Snapshot {
    var snapshot = self
    for (question, answer) in lookUps {
      guard let outcome = outcome(answer) else { continue }
      snapshot.lookUps[question] = Answer(
        question, outcome, from: answer.responder, at: answer.time, extendedErrors: answer.extendedErrors,
        signed: answer.signed)
    }
    return snapshot
  }

  package mutating func add(_ answer: Answer, round: Int) {
    lookUps[answer.question] = answer
    rounds = max(rounds, round)
  }
}

extension Snapshot: Codable {
  private enum CodingKeys: String, CodingKey {
    case request, environment, started, rounds, answers, probes, fetches, zones, cached, servers, validations
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    request = try container.decode(AuditRequest.self, forKey: .request)
    environment = try container.decode(Environment.self, forKey: .environment)
    started = try container.decode(Timestamp.self, forKey: .started)
    rounds = try container.decode(Int.self, forKey: .rounds)
    for answer in try container.decode([Answer].self, forKey: .answers) { lookUps[answer.question] = answer }
    for probe in try container.decode([ServerProbe].self, forKey: .probes) { add(probe) }
    for fetch in try container.decode([HTTPFetch].self, forKey: .fetches) { add(fetch) }
    // From version 2 on.
    zones = try container.decodeIfPresent([ZoneAuthority].self, forKey: .zones) ?? []
    for answer in try container.decodeIfPresent([Answer].self, forKey: .cached) ?? [] { add(cached: answer) }
    validations = try container.decodeIfPresent([Validation].self, forKey: .validations)
    for answer in try container.decodeIfPresent([ServerAnswer].self, forKey: .servers) ?? [] { add(answer) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(request, forKey: .request)
    try container.encode(environment, forKey: .environment)
    try container.encode(started, forKey: .started)
    try container.encode(rounds, forKey: .rounds)
    try container.encode(answers, forKey: .answers)
    try container.encode(probes, forKey: .probes)
    try container.encode(fetches, forKey: .fetches)
    try container.encode(zones, forKey: .zones)
    try container.encode(cachedAnswers, forKey: .cached)
    try container.encode(serverAnswers, forKey: .servers)
    try container.encodeIfPresent(validations, forKey: .validations)
  }
}
