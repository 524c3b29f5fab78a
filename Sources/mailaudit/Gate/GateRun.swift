import Collector
import DNSData
import Evidence
import IDN
import Reports
import SPF
import Verdict

/// One run of a gate: the domains are audited in the world as it is, and in the one where the proposed zones are laid
/// over it. What both have in common is asked once.
struct GateRun {
  private let requests: [AuditRequest]
  private let judge: Judge
  private let zones: GateZones
  private let session: Session
  private let servers: ServerSession?
  private let time: TimeOptions

  init(
    _ zones: GateZones, names: [Name], _ domain: DomainOptions, _ network: NetworkOptions,
    _ probe: ProbeOptions, judge: Judge, time: TimeOptions
  ) throws(Problem) {
    self.zones = zones
    self.time = time
    self.judge = judge
    let probing = probe.probing(offline: network.offline)
    servers =
      try probing == .none
      ? nil
      : ServerSession(
        probe.connection, allowed: domain.allowed, judgedAt: time.now?.timestamp, domains: 2 * names.count)
    // Two worlds.
    session = try Session(
      network, extraZones: zones.current, allowed: domain.allowed, domains: 2 * names.count)
    var requests: [AuditRequest] = []
    for name in names {
      // A key that is gone was there, and one that is new was not: both worlds are asked for both.
      let request = try domain.request(for: name, zones: zones.proposed + session.zones, .none, probing)
      requests.append(judge.expected.map { request.expecting($0, at: time.clock()) } ?? request)
    }
    self.requests = requests
  }

  /// A source of answers, and how it is described.
  private struct Place {
    let source: any AnswerSource
    let environment: Environment
    let collector: Collector
  }

  /// In the order of the domains.
  func domains() async -> [GateResult.Domain] {
    let progress = Progress(over: session.source, servers?.mail, domains: requests.count)
    func place(_ source: any AnswerSource, _ environment: Environment) -> Place {
      Place(
        source: source, environment: environment,
        collector: Collector(
          asking: source, and: session.servers, probing: servers.map { _ in progress },
          fetching: servers?.documents,
          clock: time.clock))
    }
    let current = place(progress, session.environment)
    let proposed = place(
      ZoneAnswers(ZoneSet(zones.proposed), over: progress, clock: time.clock),
      Environment(
        resolvers: session.environment.resolvers,
        zoneFiles: zones.proposed.map(\.name) + session.environment.zoneFiles,
        suffixList: session.environment.suffixList, trustAnchors: session.environment.trustAnchors))
    var domains: [Int: GateResult.Domain] = [:]
    await withTaskGroup(of: (Int, GateResult.Domain).self) { group in
      for (index, request) in requests.enumerated() {
        if index >= AuditRun.usualAtOnce, let (done, domain) = await group.next() { domains[done] = domain }
        group.addTask {
          let domain = await domain(request, from: current, to: proposed)
          progress.domainEnded()
          return (index, domain)
        }
      }
      for await (done, domain) in group { domains[done] = domain }
    }
    progress.clear()
    await session.shutDown()
    await servers?.shutDown()
    return domains.sorted { $0.key < $1.key }.map(\.value)
  }

  private func domain(
    _ request: AuditRequest, from current: Place, to proposed: Place
  ) async -> GateResult.Domain {
    let before = await facts(request, at: current)
    let after = await facts(request, at: proposed)
    let senders = Impact.senders(before, after)
    let impact = Impact(
      from: await world(before, senders, at: current), to: await world(after, senders, at: proposed))
    return GateResult.Domain(impact, displayName: request.domain.unicodeDisplay)
  }

  private func facts(_ request: AuditRequest, at place: Place) async -> Facts {
    Facts(await place.collector.collect(request, in: place.environment), expecting: judge.expected)
  }

  private func world(_ facts: Facts, _ senders: [IPAddress], at place: Place) async -> Impact.World {
    var verdicts: [IPAddress: SPFVerdict] = [:]
    for sender in senders {
      let check = facts.spfCheck(of: sender, as: facts.domain)
      verdicts[sender] = await place.source.evaluate { check.evaluate($0) }
    }
    return Impact.World(facts, judge.scorecard(of: facts), spf: verdicts)
  }
}
