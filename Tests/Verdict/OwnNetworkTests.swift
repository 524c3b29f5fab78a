import AuditTesting
import DNSData
import Evidence
import Rules
import Testing
import Verdict

@Suite struct OwnNetworkTests {
  private static let server = "192.0.2.53"

  /// Answers as a resolver gives them.
  private struct Resolver: AnswerSource {
    let source: any AnswerSource
    let server: ServerAddress

    func answer(_ question: Question) async -> Answer {
      let answer = await source.answer(question)
      return Answer(question, answer.outcome, from: .server(server), at: answer.time)
    }
  }

  private func snapshot(
    _ zone: String, _ standing: ResolverFacts.Standing = .answers, invents addresses: [String] = [],
    at server: String = server
  ) async throws -> Snapshot {
    let address = try #require(ServerAddress(server))
    let resolver = Resolver(
      source: try World(zone).source, server: try #require(ServerAddress(Self.server)))
    let facts = ResolverFacts(
      address, standing, signatures: .passed, claimsValidation: true,
      denials: [addresses.isEmpty ? .truthful : .invented(addresses.compactMap(IPAddress.init))],
      streamFailure: nil)
    return try await World(asking: resolver).snapshot().knowing(
      NetworkFacts(resolvers: [facts], directPorts: [], clock: .fits))
  }

  @Test func `nothing that a resolver says is believed if it denies even the root`() async throws {
    let scorecard = Scorecard(Facts(try await snapshot("", .deniesRoot)), rules: Rule.catalog)
    #expect(scorecard.role == .undetermined)
    #expect(!scorecard.results.contains { $0.outcome == .failed })
    #expect(!scorecard.results.contains { $0.outcome == .passed })
    #expect(scorecard.exitStatus(Limits()) == .unknown)
  }

  @Test func `the denial of one resolver is not held against another`() async throws {
    let scorecard = Scorecard(
      Facts(try await snapshot("@ MX 10 mail", .deniesRoot, at: "192.0.2.54")), rules: Rule.catalog)
    #expect(scorecard.role == .mail)
    #expect(scorecard.results.contains { $0.rule.id == "mx.target-nxdomain" && $0.outcome == .failed })
  }

  @Test func `an address that is given to names that do not exist says nothing of any name`() async throws {
    let zone = "@ MX 10 mail\n@ TXT \"v=spf1 -all\"\nmail A 203.0.113.9"
    let name = try Name("mail.example.com")
    let believed = Facts(try await snapshot(zone, invents: ["203.0.113.9"])).snapshot
    #expect(believed.answer(name, .a)?.failure == .disbelieved)
    #expect(believed.answer(try Name("example.com"), .txt)?.records.count == 1)
    let other = Facts(try await snapshot(zone, invents: ["203.0.113.10"])).snapshot
    #expect(other.answer(name, .a)?.records.count == 1)
  }

  @Test func `what a zone file holds is believed whatever the resolver says`() async throws {
    let denying = try await snapshot("", .deniesRoot).environment.network
    let snapshot = try await World("@ MX 10 mail\nmail A 192.0.2.1").snapshot().knowing(denying)
    #expect(Facts(snapshot).role == .mail)
  }

  // MARK: - Port 25

  private func smtp(_ outcomes: [(String, ProbedService, ServerProbe.Outcome)]) -> OutgoingSMTP {
    OutgoingSMTP(
      outcomes.compactMap { address, service, outcome in
        IPAddress(address).map {
          ServerProbe(ProbeRequest($0, service, serverName: nil), outcome, at: World.time)
        }
      })
  }

  @Test func `port 25 is blocked only where all connections to it time out and others do not`() {
    #expect(smtp([("192.0.2.1", .smtp, .timedOut), ("192.0.2.1", .imaps, .refused)]) == .blocked)
    #expect(smtp([("192.0.2.1", .smtp, .timedOut), ("192.0.2.1", .imaps, .timedOut)]) == .silent)
    #expect(smtp([("192.0.2.1", .smtp, .timedOut), ("192.0.2.2", .smtp, .refused)]) == .untold)
    #expect(smtp([("192.0.2.1", .smtp, .timedOut), ("192.0.2.2", .smtp, .unreachable)]) == .untold)
    #expect(smtp([("192.0.2.1", .imaps, .refused)]) == .untold)
    #expect(smtp([]) == .untold)
  }

  @Test func `a family that is missing here hides no blocked port`() {
    let outcomes: [(String, ProbedService, ServerProbe.Outcome)] = [
      ("192.0.2.1", .smtp, .timedOut), ("2001:db8::1", .smtp, .notTried(.familyMissing)),
      ("192.0.2.1", .imaps, .refused),
    ]
    #expect(smtp(outcomes) == .blocked)
  }
}
