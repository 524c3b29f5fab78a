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
    if authoritative[answer.question] == nil { validations?.add(answer) }
  }

  mutating func add(_ probe: ServerProbe) { probes[probe.request] = probe }

  mutating func add(_ fetch: HTTPFetch) {
    fetches.insert(fetch)
    settings[fetch.request] = inquiry.settings(in: fetch)
  }

  mutating func add(_ answer: ServerAnswer) { servers[answer.question] = answer }

  // MARK: - What is to be found out

  /// Known or not; brings what the authoritative servers say up to date first.
  mutating func questions() -> Set<Question> {
    consult()
    let data = inquiry.needs(known) { settings[$0] }
    var questions = data.union(inquiry.authorities({ answers[$0] }, { servers[$0] }))
    questions.formUnion(Authority.openEnds(servers.values))
    let validated = data.subtracting(inquiry.blocklists(known))
    if let validations { questions.formUnion(inquiry.keys(beside: validated, validations)) }
    let answered = validated.filter { known($0) != nil }
    questions.formUnion(validations?.decide(answered) ?? [])
    return questions
  }

  /// What the resolver has answered is no longer needed of it, and asked of the servers all the same.
  func serverQuestions(_ questions: Set<Question>) -> Set<ServerQuestion> {
    inquiry.serverQuestions(questions.union(answers.keys), in: zones, { answers[$0] }) { servers[$0] }
  }

  func probeRequests() -> Set<ProbeRequest> { inquiry.probes(known, { probes[$0] }) { settings[$0] } }

  func fetchRequests() -> Set<FetchRequest> { inquiry.fetches(known) }

  private mutating func consult() {
    guard inquiry.request.view.asksServers else { return }
    zones = inquiry.zones({ answers[$0] }) { servers[$0] }
    var isChanged = false
    for question in Set(answers.keys).union(servers.keys.lazy.filter { $0.manner == .usual }.map(\.question))
    {
      guard known(question)?.isOfServer ?? true, let answer = consulted(question),
        authoritative.updateValue(answer, forKey: question) != answer
      else { continue }
      isChanged = true
    }
    // Of a question there is one answer: what rested on the resolver's is looked at anew.
    guard isChanged, var fresh = freshValidations else { return }
    for question in Set(answers.keys).union(authoritative.keys) { known(question).map { fresh.add($0) } }
    validations = fresh
  }

  private func consulted(_ question: Question) -> Answer? {
    Authority.answer(question, in: zones, { answers[$0] }) { servers[$0] }
      ?? (inquiry.request.view == .authoritative
        ? Authority.failure(question, in: zones) { servers[$0] } : nil)
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
      let asked = order.serverQuestions(questions).filter { order.servers[$0] == nil }.compactMap {
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
