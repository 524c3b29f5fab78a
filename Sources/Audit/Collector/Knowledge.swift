import DNSData
import DNSSEC
import Evidence

/// What is known so far, and what has to be found out next because of it.
struct Knowledge {
  let inquiry: Inquiry
  /// Of the resolver and of zone files.
  private(set) var answers: [Question: Answer] = [:]
  private(set) var probes: [ProbeRequest: ServerProbe] = [:]
  private(set) var fetches: Set<HTTPFetch> = []
  private(set) var servers: [ServerQuestion: ServerAnswer] = [:]
  private var settings: [FetchRequest: [SettingsServer]] = [:]
  private var authoritative: [Question: Answer] = [:]
  private(set) var zones: [ZoneAuthority] = []
  private var speakers: [ZoneSpeakers] = []
  /// Of which something new was said since the servers were consulted last.
  private var heard: Set<Question> = []
  /// Who serves the zones may have changed since.
  private var areZonesNews = true
  /// Where aliases lead that no server of their zone follows, and what was asked.
  private var openEnds: [Question: Set<Question>] = [:]
  /// All that a verdict may rest on: what was needed once and is known now included.
  private var data: Set<Question> = []
  private var validations: Validations?
  private let freshValidations: Validations?

  /// Without anchors nothing is validated.
  init(_ inquiry: Inquiry, anchors: TrustAnchors?, at moment: Timestamp) {
    self.inquiry = inquiry
    freshValidations = anchors.map { Validations(anchors: $0, at: moment) }
    validations = freshValidations
  }

  /// What is judged: of the authoritative servers, else of the resolver.
  func known(_ question: Question) -> Answer? { authoritative[question] ?? answers[question] }

  // MARK: - What is found

  mutating func add(_ answer: Answer) {
    answers[answer.question] = answer
    heard.insert(answer.question)
    heard.formUnion(openEnds[answer.question] ?? [])
    if [.ns, .a, .aaaa].contains(answer.question.type) { areZonesNews = true }
    if authoritative[answer.question] == nil { validations?.add(answer) }
  }

  mutating func add(_ probe: ServerProbe) { probes[probe.request] = probe }

  mutating func add(_ fetch: HTTPFetch) {
    fetches.insert(fetch)
    settings[fetch.request] = inquiry.settings(in: fetch)
  }

  mutating func add(_ answer: ServerAnswer) {
    let question = answer.question.question
    servers[answer.question] = answer
    heard.insert(question)
    if [.ns, .soa].contains(question.type) { areZonesNews = true }
    if let end = answer.openEnd { openEnds[end, default: []].insert(question) }
  }

  // MARK: - What is to be found out

  /// Known or not; brings what the authoritative servers say up to date first.
  mutating func questions() -> Set<Question> {
    consult()
    let needs = inquiry.needs(known) { settings[$0] }
    data.formUnion(needs)
    var questions = needs.union(inquiry.authorities({ answers[$0] }, { servers[$0] }))
    questions.formUnion(openEnds.keys)
    let validated = data.subtracting(inquiry.blocklists(known))
    if let validations { questions.formUnion(inquiry.keys(beside: validated, validations)) }
    let answered = validated.filter { known($0) != nil }
    questions.formUnion(validations?.decide(answered) ?? [])
    return questions
  }

  func serverQuestions() -> Set<ServerQuestion> {
    inquiry.serverQuestions(data, in: zones, speakers, { answers[$0] }) { servers[$0] }
  }

  func probeRequests() -> Set<ProbeRequest> { inquiry.probes(known, { probes[$0] }) { settings[$0] } }

  func fetchRequests() -> Set<FetchRequest> { inquiry.fetches(known) }

  private mutating func consult() {
    guard inquiry.request.view.asksServers else { return }
    if areZonesNews { findSpeakers() }
    var isChanged = false
    for question in heard {
      let before = known(question)
      guard before?.isOfServer ?? true, let answer = consulted(question) else { continue }
      authoritative[question] = answer
      isChanged = isChanged || before?.signed.map(\.withoutTTLs) != answer.signed.map(\.withoutTTLs)
    }
    heard = []
    // Of a question there is one answer: what rested on the resolver's is looked at anew.
    guard isChanged, var fresh = freshValidations else { return }
    for question in Set(answers.keys).union(authoritative.keys) { known(question).map { fresh.add($0) } }
    validations = fresh
  }

  private mutating func findSpeakers() {
    areZonesNews = false
    zones = inquiry.zones({ answers[$0] }) { servers[$0] }
    let found = zones.map { zone in ZoneSpeakers(zone) { servers[$0] } }
    guard found != speakers else { return }
    speakers = found
    heard.formUnion(answers.keys)
    heard.formUnion(servers.keys.lazy.map(\.question))
  }

  private func consulted(_ question: Question) -> Answer? {
    guard let zone = zones.zone(of: question),
      let speakers = speakers.first(where: { $0.zone == zone.zone })
    else { return nil }
    return Authority.answer(question, of: speakers, { answers[$0] }) { servers[$0] }
      ?? (inquiry.request.view == .authoritative
        ? Authority.failure(question, in: zone, speakers) { servers[$0] } : nil)
  }

  // MARK: - In the end

  /// The evidence, and how long the longest chain of questions was.
  func snapshot(_ environment: Environment, started: Timestamp) -> Snapshot {
    var snapshot = Snapshot(request: inquiry.request, environment: environment, started: started)
    var order = Knowledge(inquiry, copying: self)
    var round = 0
    while true {
      let questions = order.questions()
      let next = questions.filter { order.answers[$0] == nil }.compactMap { answers[$0] }
      let asked = order.serverQuestions().filter { order.servers[$0] == nil }.compactMap {
        servers[$0]
      }
      guard !next.isEmpty || !asked.isEmpty else { break }
      round += 1
      for answer in next {
        order.add(answer)
        snapshot.add(known(answer.question) ?? answer, round: round)
        if authoritative[answer.question] != nil { snapshot.add(cached: answer) }
      }
      for answer in asked {
        order.add(answer)
        snapshot.add(answer)
      }
    }
    for zone in zones { snapshot.add(zone) }
    for probe in probes.values { snapshot.add(probe) }
    for fetch in fetches { snapshot.add(fetch) }
    return snapshot
  }

  /// Nothing known yet but what the documents say, on which no look-up depends.
  private init(_ inquiry: Inquiry, copying other: Knowledge) {
    self.inquiry = inquiry
    settings = other.settings
    freshValidations = other.freshValidations
    validations = other.freshValidations
  }
}

extension Answer {
  fileprivate var isOfServer: Bool {
    switch responder {
    case .server, .nobody: true
    case .zoneFile: false
    }
  }
}

extension SignedAnswer {
  /// A cache counts them down.
  fileprivate var withoutTTLs: SignedAnswer {
    func bare(_ records: [WireRecord]) -> [WireRecord] {
      records.map { WireRecord($0.name, $0.type, ttl: 0, rdata: $0.rdata) }
    }
    guard case .response(let code, let answer, let authority) = outcome else { return self }
    return SignedAnswer(question, .response(code, answer: bare(answer), authority: bare(authority)))
  }
}
