import AuditTesting
import Collector
import DNSData
import DNSSEC
import Evidence
import Rules
import SigningTesting
import Testing
import Verdict

/// Whole audits of zones that real tools signed, over a resolver that does not validate.
@Suite struct SignedAuditTests {
  private static let moment = Timestamp("2026-06-01T00:00:00Z") ?? World.time
  private let servers: NameServers

  init() throws { servers = try Hierarchy.servers.get() }

  private func snapshot(of domain: String, _ servers: NameServers) async throws -> Snapshot {
    let request = AuditRequest(
      domain: try Name(domain), selectors: ["s"], senders: [], allowedNetworks: World.allowedNetworks,
      probeLabel: World.probeLabel)
    return await Collector(asking: SignedSource(servers, at: Self.moment), clock: { Self.moment }).collect(
      request,
      in: Environment(
        resolvers: [], zoneFiles: [], suffixList: "test", trustAnchors: servers.anchors.records))
  }

  private func outcome(_ rule: String, _ facts: Facts) throws -> RuleOutcome {
    try #require(Scorecard(facts, rules: Rule.catalog).results.first { $0.rule.id == rule }).outcome
  }

  @Test func `a healthy signed domain is secure, in no more rounds than its unsigned twin`() async throws {
    let signed = try await snapshot(of: "p256.example", servers)
    let plain = try await snapshot(of: "plain.example", servers)
    #expect(signed.rounds <= plain.rounds)
    let facts = Facts(signed)
    let mx = try #require(facts.mx)
    #expect(facts.trust(mx.question) == .secure)
    #expect(facts.bogus.isEmpty)
    for rule in ["dnssec.bogus", "dnssec.unsigned", "dnssec.ds-no-match", "dnssec.sig-expiring"] {
      #expect(try outcome(rule, facts) != .failed, "\(rule)")
    }
    #expect(try outcome("dnssec.unsigned", Facts(plain)) == .failed)
  }

  @Test func `what is stripped of its signatures is never insecure`() async throws {
    let stripped = try servers.with("p256.example.") { records in
      records.removeAll { [.rrsig, .nsec].contains($0.type) }
    }
    let facts = Facts(try await snapshot(of: "p256.example", stripped))
    let zone = try Name("p256.example")
    let below = facts.validations.values.filter {
      $0.question.name.isAtOrBelow(zone) && $0.question.type != .ds
    }
    #expect(!below.isEmpty)
    for validation in below {
      guard case .bogus = validation.security else {
        Issue.record("\(validation.question): \(validation.security)")
        continue
      }
    }
  }

  @Test func `a bogus MX record is no MX record: it is not known where mail goes, and one finding says why`()
    async throws
  {
    let facts = Facts(try await snapshot(of: "expired.example", servers))
    #expect(facts.mx?.failure == .bogus)
    let scorecard = Scorecard(facts, rules: Rule.catalog)
    let missing = try #require(scorecard.results.first { $0.rule.id == "mx.missing" })
    #expect(missing.outcome == .unknown)
    guard case .bogus(let link) = missing.gaps.first?.reason else {
      Issue.record("\(missing.gaps)")
      return
    }
    let zone = try Name("expired.example")
    #expect(link.zone == zone)
    let found = scorecard.results.filter { $0.rule.topic == .dnssec && $0.severity == .critical }
      .flatMap(\.faults)
    #expect(found.count == 1)
  }

  @Test(arguments: [
    ("wrong.example", "dnssec.ds-no-match"), ("future.example", "dnssec.sig-inception-future"),
    ("expired.example", "dnssec.bogus"), ("island.example", "dnssec.island"),
    ("sha1.example", "dnssec.algo-sha1"),
    ("sha1ds.example", "dnssec.ds-sha1-only"), ("many.example", "dnssec.nsec3-iterations"),
    ("salted.example", "dnssec.nsec3-salt"), ("optout.example", "dnssec.nsec3-optout"),
    ("unknown.example", "dnssec.algo-private"),
  ])
  func `each disease has its finding, and no healthy zone has it`(domain: String, rule: String) async throws {
    #expect(try outcome(rule, Facts(try await snapshot(of: domain, servers))) == .failed)
    #expect(try outcome(rule, Facts(try await snapshot(of: "p256.example", servers))) != .failed)
  }
}
