import Collector
import DNSData
import Evidence
import Expectation
import Reports

/// One run over some domains: look, judge, plan. Questions are shared between the domains.
struct AuditRun {
  private let requests: [AuditRequest]
  private let judge: Judge
  private let session: Session
  private let blocklists: BlocklistChoice
  private let servers: ServerSession?
  private let time: TimeOptions

  static let exampleDomain = "example.com"
  private static let maximumAtOnce = 8

  init(
    names: [String], example: Bool, _ domain: DomainOptions, _ network: NetworkOptions, judge: Judge,
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
        try ServerSession(probe.connection, allowed: domain.allowed, judgedAt: time.now?.timestamp)
      }
    guard example else {
      session = try Session(network)
      var requests: [AuditRequest] = []
      for name in names {
        let request = try domain.request(for: try .typed(name), zones: session.zones, blocklists, probing)
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
    requests = [try domain.request(for: try .typed(Self.exampleDomain), zones: [], blocklists, probing)]
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

  /// In the order of the domains.
  func results() async -> [AuditResult] {
    let progress = Progress(over: source, servers?.mail)
    let collector = Collector(
      asking: progress, probing: servers.map { _ in progress }, fetching: servers?.documents,
      clock: time.clock)
    var results: [Int: AuditResult] = [:]
    await withTaskGroup(of: (Int, AuditResult).self) { group in
      for (index, request) in requests.enumerated() {
        if index >= Self.maximumAtOnce, let (done, result) = await group.next() { results[done] = result }
        group.addTask {
          let snapshot = await collector.collect(request, in: session.environment)
          return (index, judge.result(of: snapshot))
        }
      }
      for await (done, result) in group { results[done] = result }
    }
    progress.finish()
    await session.shutDown()
    await servers?.documents?.shutDown()
    return results.sorted { $0.key < $1.key }.map(\.value)
  }
}
