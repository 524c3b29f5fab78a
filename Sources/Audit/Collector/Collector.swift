package import DNSData
package import Evidence
import Synchronization

/// Looks: asks whatever `Inquiry` says is needed, all at once and again as answers arrive, until nothing is. The
/// only part of an audit that waits for the world; it judges nothing.
package struct Collector: Sendable {
  /// Bounds what a hostile domain can make an audit ask.
  package static let maximumQuestions = 400

  private let source: any AnswerSource
  private let servers: (any ProbeSource)?
  private let documents: (any FetchSource)?
  private let clock: @Sendable () -> Timestamp
  private let maximumQuestions: Int

  package init(
    asking source: any AnswerSource, probing servers: (any ProbeSource)? = nil,
    fetching documents: (any FetchSource)? = nil,
    atMost maximumQuestions: Int = maximumQuestions,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.source = source
    self.servers = servers
    self.documents = documents
    self.maximumQuestions = maximumQuestions
    self.clock = clock
  }

  private enum Finding: Sendable {
    case answer(Answer)
    case probe(ServerProbe)
    case fetch(HTTPFetch)
  }

  /// How many findings have arrived, those included that nobody has taken yet.
  private final class Arrivals: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }
    func add() { number.add(1, ordering: .relaxed) }
  }

  package func collect(_ request: AuditRequest, in environment: Environment) async -> Snapshot {
    let inquiry = Inquiry(request)
    var answers: [Question: Answer] = [:]
    var probes: [ProbeRequest: ServerProbe] = [:]
    var fetches: Set<HTTPFetch> = []
    var settings: [FetchRequest: [SettingsServer]] = [:]
    var asked: Set<Question> = []
    var called: Set<ProbeRequest> = []
    var fetched: Set<FetchRequest> = []
    let arrivals = Arrivals()
    var taken = 0
    let started = clock()
    await withTaskGroup(of: Finding.self) { group in
      func askWhatIsNeeded() {
        while true {
          let open = inquiry.needs({ answers[$0] }, { settings[$0] }).subtracting(asked)
            .filter { answers[$0] == nil }.sorted()
          for question in open.prefix(maximumQuestions - asked.count) {
            asked.insert(question)
            group.addTask {
              defer { arrivals.add() }
              return .answer(await source.answer(question))
            }
          }
          let refused = open.filter { !asked.contains($0) }
          // A refusal is an answer too, and what it leads to must not stay open.
          guard !refused.isEmpty else { return }
          for question in refused {
            answers[question] = Answer(question, .failure(.limitReached), from: .nobody, at: clock())
          }
        }
      }
      func callWhatIsNeeded() {
        guard let servers else { return }
        let needed = inquiry.probes({ answers[$0] }, { probes[$0] }, { settings[$0] })
        for request in needed.subtracting(called).sorted() {
          called.insert(request)
          group.addTask {
            defer { arrivals.add() }
            return .probe(await servers.probe(request))
          }
        }
      }
      func fetchWhatIsNeeded() {
        guard let documents else { return }
        for request in inquiry.fetches({ answers[$0] }).subtracting(fetched) {
          fetched.insert(request)
          group.addTask {
            defer { arrivals.add() }
            return .fetch(await documents.fetch(request))
          }
        }
      }
      askWhatIsNeeded()
      while let finding = await group.next() {
        switch finding {
        case .answer(let answer): answers[answer.question] = answer
        case .probe(let probe): probes[probe.request] = probe
        case .fetch(let fetch):
          fetches.insert(fetch)
          settings[fetch.request] = inquiry.settings(in: fetch)
        }
        // What has arrived meanwhile is taken first: to find out what is needed costs more than a finding brings.
        taken += 1
        guard arrivals.count == taken else { continue }
        askWhatIsNeeded()
        callWhatIsNeeded()
        fetchWhatIsNeeded()
      }
    }
    var snapshot = Snapshot(request: request, environment: environment, started: started)
    for (round, questions) in inquiry.rounds(answers, { settings[$0] }).enumerated() {
      for question in questions {
        if let answer = answers[question] { snapshot.add(answer, round: round + 1) }
      }
    }
    for probe in probes.values { snapshot.add(probe) }
    for fetch in fetches { snapshot.add(fetch) }
    return snapshot
  }
}
