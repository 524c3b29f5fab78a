import AuditTesting
import DNSData
import Evidence
import Testing
import Verdict

@testable import Rules

/// What is silent proves nothing of a server as long as the way to it may be closed.
@Suite struct DirectPathTests {
  private static let zone = "@ MX 10 mail\nmail A 192.0.2.1"
  /// Rules that rest on what servers do not answer.
  private static let crying = ["dns.ns-unreachable", "dns.tcp-missing", "dns.edns-broken", "dns.lame-ns"]

  /// Name servers of which some questions do not arrive.
  private struct Firewall: ServerSource {
    let servers: any ServerSource
    let drops: @Sendable (ServerQuestion) -> Bool
    var failure = LookupFailure.timeout

    func ask(_ question: ServerQuestion) async -> ServerAnswer {
      guard !drops(question) else { return ServerAnswer(question, .failure(failure), at: World.time) }
      return await servers.ask(question)
    }
  }

  private func scorecard(
    _ nameServers: [ExampleNameServer] = .sound, failing failure: LookupFailure = .timeout,
    dropping drops: @escaping @Sendable (ServerQuestion) -> Bool
  ) async throws -> Scorecard {
    let example = RuleExample.passes("-", nameServers: nameServers, Self.zone)
    let files = [try World.zoneFile(Self.zone)]
    let surroundings = try ExampleNameServers.surroundings(of: example, in: files)
    let world = World(
      asking: try ExampleResolver(files + [surroundings], for: example),
      and: Firewall(
        servers: try ExampleNameServers(example, files, in: surroundings), drops: drops, failure: failure))
    return Scorecard(Facts(try await world.snapshot()), rules: Rule.catalog)
  }

  private func results(_ scorecard: Scorecard) -> [RuleResult] {
    scorecard.results.filter { Self.crying.contains($0.rule.id) }
  }

  @Test func `sound name servers are flagged for nothing`() async throws {
    let scorecard = try await scorecard { _ in false }
    let bad = scorecard.results.filter { $0.rule.topic == .dns && $0.outcome == .failed }
    #expect(bad.map(\.rule.id).isEmpty)
    let open = scorecard.results.filter {
      $0.rule.topic == .dns && ![.passed, .notApplicable].contains($0.outcome)
    }
    #expect(open.map(\.rule.id).isEmpty)
  }

  @Test func `what nobody can fetch is missed, unless it was asked on a guess`() async throws {
    let scorecard = try await scorecard(.allSick(.withoutTCP, .sends(octets: 1900, .txt))) { _ in false }
    let result = try #require(scorecard.results.first { $0.rule.id == "dns.truncation-loop" })
    let names = result.faults.map(\.place.name.display)
    #expect(names.contains("example.com") && names.contains("_dmarc.example.com"))
    #expect(!names.contains { $0.contains("_domainkey") || $0.contains(World.probeLabel) })
  }

  @Test func `where nobody answers, port 53 is closed here, and no server is blamed`() async throws {
    for result in results(try await scorecard { _ in true }) {
      #expect(result.outcome == .notTested, "\(result.rule.id)")
      #expect(result.gaps.allSatisfy { $0.reason == .notTested(.directPortClosed) })
    }
  }

  @Test func `without IPv6 here, servers are judged by IPv4, and the rest is not tested`() async throws {
    let scorecard = try await scorecard { $0.server.address.family == .v6 }
    for result in results(scorecard) {
      #expect(result.outcome == .notTested, "\(result.rule.id)")
      #expect(Set(result.gaps.map(\.reason)) == [.notTested(.familyMissing)])
    }
    let sick = try await self.scorecard(.sick(.responds(5))) { $0.server.address.family == .v6 }
    let lame = try #require(sick.results.first { $0.rule.id == "dns.lame-ns" })
    #expect(lame.outcome == .failed)
    #expect(lame.faults.map(\.place.address) == [IPAddress("198.51.100.53")])
  }

  @Test func `where all servers of the domain are silent and those above answer, they are down`() async throws
  {
    let scorecard = try await scorecard(.allSick(.silent)) { _ in false }
    let down = try #require(scorecard.results.first { $0.rule.id == "dns.ns-unreachable" })
    #expect(down.faults.count == 4)
    #expect(down.severity == .high)
  }

  @Test func `TCP that nobody answers is closed here`() async throws {
    let scorecard = try await scorecard { $0.manner == .stream }
    let missing = try #require(scorecard.results.first { $0.rule.id == "dns.tcp-missing" })
    #expect(missing.outcome == .notTested)
    #expect(results(scorecard).allSatisfy { $0.faults.isEmpty })
  }

  @Test func `what nobody answers with EDNS options may be dropped here`() async throws {
    let scorecard = try await scorecard { $0.manner == .unknownOption || $0.manner == .unknownFlag }
    let broken = try #require(scorecard.results.first { $0.rule.id == "dns.edns-broken" })
    #expect(broken.outcome == .notTested)
  }

  @Test func `addresses that are not allowed are not tested`() async throws {
    let scorecard = try await scorecard(failing: .addressNotAllowed) { _ in true }
    for result in results(scorecard) {
      #expect(result.gaps.allSatisfy { $0.reason == .notTested(.addressNotAllowed) }, "\(result.rule.id)")
      #expect(result.outcome == .notTested)
    }
  }

  @Test func `offline, or through a resolver alone, nothing is known of name servers`() async throws {
    let scorecard = Scorecard(try await World(Self.zone).facts(), rules: Rule.catalog)
    for result in results(scorecard) {
      #expect(result.outcome == .notTested, "\(result.rule.id)")
      #expect(result.gaps.allSatisfy { $0.reason == .notTested(.serversNotAsked) })
    }
  }

  @Test func `one lost question is no broken type`() async throws {
    let lost = Question(try Name("example.com"), .mx)
    let scorecard = try await scorecard {
      $0.question == lost && $0.manner == .usual && $0.server.address == IPAddress("198.51.100.53")
    }
    #expect(scorecard.results.first { $0.rule.id == "dns.qtype-broken" }?.outcome == .passed)
  }

  @Test func `who says what is told, and when the resolver forgets`() async throws {
    let example = RuleExample.passes(
      "-", nameServers: .sound, cached: "@ 600 MX 10 old", Self.zone + "\nold A 192.0.2.9")
    let facts = try await World(example.zone).facts(for: example)
    let stale = try #require(
      Scorecard(facts, rules: [.dnsCacheStale]).results.first?.faults.first)
    #expect(stale.source == .server(ExampleResolver.address))
    let text = stale.message.fragments.map { if case .own(let text) = $0 { text } else { "" } }.joined()
    #expect(text.contains("600 seconds"))
    #expect(text.contains(Timestamp(seconds: World.time.seconds + 600).description))
    #expect(facts.mx?.responder == .server(ServerAddress(try #require(IPAddress("192.0.2.53")))))
  }
}
