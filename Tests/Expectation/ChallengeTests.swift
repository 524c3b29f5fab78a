import AuditTesting
import DNSData
import Evidence
import Expectation
import Rules
import Testing
import Verdict

/// A host whose certificate is validated by HTTP-01 is looked at where an authority looks, and judged by what is certain.
@Suite struct ChallengeTests {
  private static let zone = "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1\nautoconfig A 192.0.2.81"
  private static let url = "http://mail.example.com" + ACMEChallenge.path
  private static let rule = "cert.acme-http-closed"

  private func site(
    _ validation: ACMEValidation?, at addresses: [String] = ["192.0.2.1", "2001:db8::1"]
  ) throws -> ExpectedSite {
    var host = ExpectedHost(try Name("mail.example.com"), addresses: addresses.compactMap(IPAddress.init))
    host.validation = validation
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(host.name)]
    domain.spf = ExpectedSPF(own: .mx)
    return ExpectedSite(hosts: [host], domains: [domain])
  }

  private func snapshot(
    _ site: ExpectedSite, _ documents: [ExampleDocument] = [], probing: Probing = .usual(only: nil)
  ) async throws -> Snapshot {
    try await World(Self.zone).snapshot(
      probing: probing, servers: GivenServers([], documents), expecting: site)
  }

  private func failing(_ failure: FetchFailure, over family: AddressFamily? = nil) -> ExampleDocument {
    ExampleDocument(Self.url, .failure(failure), over: family)
  }

  private func result(
    _ documents: [ExampleDocument], probing: Probing = .usual(only: nil)
  ) async throws -> RuleResult {
    let site = try site(.http)
    let facts = Facts(try await snapshot(site, documents, probing: probing), expecting: site)
    return try #require(
      Scorecard(facts, rules: Rule.catalog).results.first { $0.rule.id == Self.rule })
  }

  @Test func `each address is asked by itself, at port 80`() async throws {
    let asked = try await snapshot(try site(.http)).fetches.map(\.request).filter { $0.url == Self.url }
    #expect(asked.map { $0.addresses.map(\.description) } == [["192.0.2.1"], ["2001:db8::1"]])
    #expect(asked.allSatisfy { $0.port == 80 })
  }

  @Test(arguments: [ACMEValidation.dns, .tlsALPN, nil])
  func `a host that is validated otherwise is not asked`(_ validation: ACMEValidation?) async throws {
    let fetches = try await snapshot(try site(validation)).fetches
    #expect(!fetches.isEmpty && fetches.allSatisfy { $0.request.url != Self.url })
  }

  @Test(arguments: [
    (FetchFailure.timedOut(.connecting), RuleOutcome.unknown), (.connectionLost(.exchange), .unknown),
    (.addressesWithheld, .notTested), (.cancelled, .notTested), (.refused, .failed), (.headTooLarge, .passed),
  ])
  func `silence is not a closed port`(_ failure: FetchFailure, _ outcome: RuleOutcome) async throws {
    #expect(try await result([failing(failure)]).outcome == outcome)
  }

  @Test func `where no IPv6 leads anywhere, addresses of it are not tested`() async throws {
    let site = try site(.http)
    for (family, outcome) in [(AddressFamily.v6, RuleOutcome.notTested), (.v4, .unknown)] {
      var snapshot = try await snapshot(site)
      for fetch in snapshot.fetches where fetch.request.url == Self.url {
        guard fetch.request.addresses.map(\.family) == [family] else { continue }
        snapshot.add(HTTPFetch(fetch.request, .failure(.unreachable), at: fetch.started))
      }
      for probe in snapshot.probes where probe.request.address.family == family {
        snapshot.add(ServerProbe(probe.request, .unreachable, at: World.time))
      }
      let results = Scorecard(Facts(snapshot, expecting: site), rules: Rule.catalog).results
      #expect(results.first { $0.rule.id == Self.rule }?.outcome == outcome)
    }
  }

  @Test func `without fetches nothing is tested`() async throws {
    for probing in [Probing.none, .usual(only: [25])] {
      #expect(try await result([failing(.refused)], probing: probing).outcome == .notTested)
    }
  }

  @Test func `an address that one answers at makes the others less grave, and they are named`() async throws {
    let result = try await result([failing(.refused, over: .v6)])
    #expect(result.severity == .low)
    #expect(result.faults.map(\.place.address?.description) == ["2001:db8::1"])
    let both = try await self.result([failing(.refused)])
    #expect(both.severity == .medium && both.faults.count == 2)
  }

  @Test func `a closed port at an address that is not wanted is told with its record`() async throws {
    let site = try site(.http, at: ["192.0.2.1"])
    let facts = Facts(try await snapshot(site, [failing(.refused, over: .v6)]), expecting: site)
    let results = Scorecard(facts, rules: Rule.catalog).results
    #expect(results.filter { $0.rule.id == Self.rule }.flatMap(\.faults).isEmpty)
    let telling = results.flatMap(\.faults).filter { "\($0.message)".contains(Self.rule) }
    #expect(telling.map(\.place.type) == [.aaaa])
  }
}
