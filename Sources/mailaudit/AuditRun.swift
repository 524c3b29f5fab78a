import Collector
import DNSData
import Evidence
import Expectation
import Reports

/// One run over some domains: look, judge, plan. What several domains have in common is asked once: they share the
/// resolver, the mail client and what fetches documents.
struct AuditRun {
  private let requests: [AuditRequest]
  private let judge: Judge
  private let session: Session
  private let blocklists: BlocklistChoice
  private let servers: ServerSession?
  private let time: TimeOptions

  static let exampleDomain = "example.com"
  static let usualAtOnce = 8

  /// How many domains there are.
  var count: Int { requests.count }
  /// The zone files that answer.
  var zones: [ZoneFile] { session.zones }

  init(
    names: [Name], example: Bool, _ domain: DomainOptions, _ network: NetworkOptions, judge: Judge,
    blocklists: BlocklistChoice = .none, probe: ProbeOptions? = nil, time: TimeOptions
  ) throws(Problem) {
    self.blocklists = blocklists
    self.time = time
    self.judge = judge
    let probing = example ? Probing.none : probe?.probing(offline: network.offline) ?? .none
    servers =
      try probing == .none
      ? nil
      : probe.map { probe throws(Problem) in
        try ServerSession(
          probe.connection, allowed: domain.allowed, judgedAt: time.now?.timestamp, domains: names.count)
      }
    guard example else {
      session = try Session(network, allowed: domain.allowed, domains: names.count)
      var requests: [AuditRequest] = []
      for name in names {
        let request = try domain.request(for: name, zones: session.zones, blocklists, probing)
        requests.append(judge.expected.map { request.expecting($0, at: time.clock()) } ?? request)
      }
      self.requests = requests
      return
    }
    var domain = domain
    var network = network
    domain.selectors += ["mail", "old"]
    domain.senders += ["192.0.2.25", "2001:db8::25"]
    domain.addresses.allowedNetworks += [
      "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32",
    ]
    network.offline = true
    requests = [try domain.request(for: try .mailDomain(Self.exampleDomain), zones: [], blocklists, probing)]
    do {
      let zone = try ZoneFile(
        name: "the built-in example.com.zone", octets: PackageResources.example_com_zone)
      session = try Session(network, extraZones: [zone])
    } catch let error as Problem {
      throw error
    } catch {
      throw .usage("\(error)")
    }
  }

  private var source: any AnswerSource {
    // A key is letters and digits, and so a label.
    guard let key = blocklists.key,
      let keyed = try? KeyedBlocklists(
        session.source, key: key, lists: blocklists.lists, clock: Session.clock)
    else { return session.source }
    return keyed
  }

  // MARK: - Audits

  /// All of them, in the order of the domains.
  func results() async throws(Problem) -> [AuditResult] {
    var results: [Int: AuditResult] = [:]
    await run { results[$1] = $0 }
    guard results.count == count else { throw .unknown("interrupted before all was known") }
    return results.sorted { $0.key < $1.key }.map(\.value)
  }

  private enum Event: Sendable {
    case audited(Int, AuditResult)
    /// Interrupted under way.
    case abandoned
    case interrupted
    case notInterrupted
  }

  /// Audits `limit` domains at once, and hands over each result, with its domain's place in the order, as its audit
  /// ends. A signal ends the run: what is under way then is left out.
  func run<Failure: Error>(
    atOnce limit: Int = usualAtOnce, _ deliver: (AuditResult, Int) throws(Failure) -> Void
  ) async throws(Failure) {
    let progress = Progress(over: source, servers?.mail, domains: requests.count)
    let collector = Collector(
      asking: progress, and: session.servers, probing: servers.map { _ in progress },
      fetching: servers?.documents,
      clock: time.clock)
    // Once for all domains, beside their audits, which wait for it at their end.
    let network = Task { () -> NetworkFacts? in
      guard let request = requests.first else { return nil }
      return await session.look(label: request.probeLabel)
    }
    Interruption.expect()
    let refusal = await withTaskGroup(of: Event.self) { group -> Failure? in
      var waiting = requests.indices
      var underWay = 0
      func begin() {
        guard let index = waiting.popFirst() else { return }
        underWay += 1
        group.addTask { await audit(index, by: collector, network) }
      }
      func end() async {
        waiting = 0..<0
        group.cancelAll()
        network.cancel()
        await servers?.shutDown()
      }
      group.addTask {
        await Interruption.first()
        return Task.isCancelled ? .notInterrupted : .interrupted
      }
      for _ in 0..<max(1, limit) { begin() }
      while underWay > 0, let event = await group.next() {
        switch event {
        case .audited(let index, let result):
          underWay -= 1
          progress.domainEnded()
          progress.clear()
          do throws(Failure) {
            try deliver(result, index)
          } catch {
            await end()
            return error
          }
          begin()
        case .abandoned: underWay -= 1
        case .interrupted: await end()
        case .notInterrupted: break
        }
      }
      group.cancelAll()
      return nil
    }
    progress.clear()
    await session.shutDown()
    await servers?.shutDown()
    if let refusal { throw refusal }
  }

  private func audit(
    _ index: Int, by collector: Collector, _ network: Task<NetworkFacts?, Never>
  ) async -> Event {
    let snapshot = await collector.collect(requests[index], in: session.environment)
      .knowing(await network.value)
    // What was cut off would read as time-outs of the world.
    guard !Task.isCancelled else { return .abandoned }
    return .audited(index, judge.result(of: snapshot))
  }
}
