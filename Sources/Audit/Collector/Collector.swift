package import DNSData
import DNSSEC
package import Evidence
import Synchronization

/// Looks: asks whatever `Inquiry` says is needed, all at once and again as answers arrive, until nothing is. The
/// only part of an audit that waits for the world; it judges nothing.
package struct Collector: Sendable {
  /// Bounds what a hostile domain can make an audit ask.
  package static let maximumQuestions = 400
  /// The same at the authoritative servers of the domain's own zones, each of which is asked.
  package static let maximumServerQuestions = 4000

  private let source: any AnswerSource
  private let authorities: (any ServerSource)?
  private let servers: (any ProbeSource)?
  private let documents: (any FetchSource)?
  private let clock: @Sendable () -> Timestamp
  private let maximumQuestions: Int

  package init(
    asking source: any AnswerSource, and authorities: (any ServerSource)? = nil,
    probing servers: (any ProbeSource)? = nil,
    fetching documents: (any FetchSource)? = nil,
    atMost maximumQuestions: Int = maximumQuestions,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.source = source
    self.authorities = authorities
    self.servers = servers
    self.documents = documents
    self.maximumQuestions = maximumQuestions
    self.clock = clock
  }

  private enum Finding: Sendable {
    case answer(Answer)
    case server(ServerAnswer)
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
    let started = clock()
    let anchors = environment.trustAnchors.isEmpty ? nil : TrustAnchors(environment.trustAnchors)
    var knowledge = Knowledge(Inquiry(request), anchors: anchors, at: started)
    var asked: Set<Question> = []
    var consulted: Set<ServerQuestion> = []
    var called: Set<ProbeRequest> = []
    var fetched: Set<FetchRequest> = []
    let arrivals = Arrivals()
    var taken = 0
    await withTaskGroup(of: Finding.self) { group in
      func look(_ finding: @escaping @Sendable () async -> Finding) {
        group.addTask {
          defer { arrivals.add() }
          return await finding()
        }
      }
      func askWhatIsNeeded() {
        while true {
          let open = knowledge.questions().subtracting(asked).filter { knowledge.answers[$0] == nil }.sorted()
          for question in open.prefix(maximumQuestions - asked.count) {
            asked.insert(question)
            look { .answer(await source.answer(question)) }
          }
          consultWhoIsNeeded()
          let refused = open.filter { !asked.contains($0) }
          // A refusal is an answer too, and what it leads to must not stay open.
          guard !refused.isEmpty else { return }
          for question in refused {
            knowledge.add(Answer(question, .failure(.limitReached), from: .nobody, at: clock()))
          }
        }
      }
      func consultWhoIsNeeded() {
        guard let authorities else { return }
        let open = knowledge.serverQuestions().subtracting(consulted).sorted()
        for question in open.prefix(Self.maximumServerQuestions - consulted.count) {
          consulted.insert(question)
          look { .server(await authorities.ask(question)) }
        }
      }
      func callWhatIsNeeded() {
        guard let servers else { return }
        for request in knowledge.probeRequests().subtracting(called).sorted() {
          called.insert(request)
          look { .probe(await servers.probe(request)) }
        }
      }
      func fetchWhatIsNeeded() {
        guard let documents else { return }
        for request in knowledge.fetchRequests().subtracting(fetched) {
          fetched.insert(request)
          look { .fetch(await documents.fetch(request)) }
        }
      }
      askWhatIsNeeded()
      while let finding = await group.next() {
        switch finding {
        case .answer(let answer): knowledge.add(answer)
        case .server(let answer): knowledge.add(answer)
        case .probe(let probe): knowledge.add(probe)
        case .fetch(let fetch): knowledge.add(fetch)
        }
        // What has arrived meanwhile is taken first: to find out what is needed costs more than a finding brings.
        taken += 1
        guard arrivals.count == taken else { continue }
        askWhatIsNeeded()
        callWhatIsNeeded()
        fetchWhatIsNeeded()
      }
    }
    return knowledge.snapshot(environment, started: started)
  }
}
