import AuditTesting
import Collector
import DNSData
import Evidence
import Synchronization
import Testing
import Verdict

/// Which name servers are found, and what is asked of each.
@Suite struct AuthorityTests {
  /// Counts every question on its way to the servers.
  private final class CountingServers: ServerSource {
    private let servers: any ServerSource
    private let questions = Mutex<[ServerQuestion: Int]>([:])

    init(_ servers: any ServerSource) { self.servers = servers }

    var asked: [ServerQuestion: Int] { questions.withLock { $0 } }

    func ask(_ question: ServerQuestion) async -> ServerAnswer {
      questions.withLock { $0[question, default: 0] += 1 }
      return await servers.ask(question)
    }
  }

  private func audit(
    _ zone: String, _ nameServers: [ExampleNameServer] = .sound, delegation: String? = nil,
    view: View = .auto
  ) async throws -> (snapshot: Snapshot, asked: [ServerQuestion: Int]) {
    let example = RuleExample.passes("-", nameServers: nameServers, delegation: delegation, zone)
    let files = [try World.zoneFile(zone)]
    let surroundings = try ExampleNameServers.surroundings(of: example, in: files)
    let servers = CountingServers(try ExampleNameServers(example, files, in: surroundings))
    let resolver = try ExampleResolver(files + [surroundings], for: example)
    let snapshot = try await World(asking: resolver, and: servers).snapshot(view: view)
    return (snapshot, servers.asked)
  }

  private static let zone = "@ MX 10 mail\nmail A 192.0.2.1"

  @Test func `the zone, its servers and those above are found, and each is asked once`() async throws {
    let (snapshot, asked) = try await audit(Self.zone)
    let zone = try #require(snapshot.zones.first)
    #expect(snapshot.zones.count == 1)
    #expect(zone.zone == (try Name("example.com")))
    #expect(zone.parent == (try Name("com")))
    #expect(zone.servers.map(\.name) == [try Name("ns1.example.com"), try Name("ns2.example.com")])
    #expect(zone.addresses.count == 4 && zone.parentAddresses.count == 2)
    #expect(asked.values.allSatisfy { $0 == 1 })
    for server in zone.addresses {
      for question in [
        ServerQuestion(server, Question(zone.zone, .soa)),
        ServerQuestion(server, Question(zone.zone, .soa), .stream),
        ServerQuestion(server, Question(zone.zone, .mx)),
        ServerQuestion(server, Question(zone.zone, .axfr), .stream),
        ServerQuestion(server, Question(try Name("com"), .soa), .recursive),
      ] {
        #expect(snapshot[question] != nil, "\(question)")
      }
    }
    #expect(snapshot[Question(zone.zone, .mx)]?.responder == .server(try #require(zone.addresses.first)))
    #expect(snapshot.cachedAnswer(Question(zone.zone, .mx)) != nil)
  }

  @Test func `a server that has not the zone is asked for nothing in it`() async throws {
    let (_, asked) = try await audit(Self.zone, .sick(.responds(5)))
    let lame = ServerAddress(try #require(IPAddress("198.51.100.53")))
    let types = Set(asked.keys.filter { $0.server == lame }.map(\.question.type))
    #expect(types == [.soa])
  }

  @Test(
    arguments: [
      ([.drops(.usual), .drops(.stream)], false),  // It answers what comes without EDNS alone.
      ([.withoutUDP], true),
    ] as [([ExampleNameServer.Quirk], Bool)])
  func `no question waits in vain for a server that leaves EDNS unanswered`(
    _ quirks: [ExampleNameServer.Quirk], _ isAsked: Bool
  ) async throws {
    let (snapshot, asked) = try await audit(
      Self.zone, [ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns2", "198.51.100.53", quirks)])
    let sick = ServerAddress(try #require(IPAddress("198.51.100.53")))
    let mx = Question(try Name("example.com"), .mx)
    #expect((asked[ServerQuestion(sick, mx)] != nil) == isAsked)
    // What shows whether it is sound is asked all the same.
    #expect(asked[ServerQuestion(sick, Question(try Name("example.com"), .axfr), .stream)] != nil)
    #expect(snapshot[mx]?.records.count == 1)
  }

  @Test(arguments: [ExampleNameServer.Quirk.silent, .drops(.usual), .responds(5)])
  func `the resolver's word counts for nothing where that is asked for`(
    _ quirk: ExampleNameServer.Quirk
  ) async throws {
    let sick = (0..<2).map { ExampleNameServer("ns\($0)", "192.0.2.5\($0)", [quirk, .drops(.stream)]) }
    let mx = Question(try Name("example.com"), .mx)
    #expect(try await audit(Self.zone, sick, view: .authoritative).snapshot[mx]?.failure != nil)
    #expect(try await audit(Self.zone, sick).snapshot[mx]?.records.count == 1)
  }

  @Test func `a server that only the zone above names is asked too`() async throws {
    let (snapshot, _) = try await audit(
      Self.zone + "\nold A 203.0.113.9", delegation: "@ NS ns1\n@ NS old\nns1 A 192.0.2.53")
    #expect(snapshot.zones.first?.servers.map(\.name).contains(try Name("old.example.com")) == true)
  }

  @Test func `what fails is asked again over TCP and with more room, and nothing else is`() async throws {
    let (_, asked) = try await audit(Self.zone, .sick(.dropsType(.caa)))
    let sick = ServerAddress(try #require(IPAddress("198.51.100.53")))
    let caa = Question(try Name("example.com"), .caa)
    #expect(asked[ServerQuestion(sick, caa, .stream)] == 1)
    #expect(asked[ServerQuestion(sick, caa, .largePayload)] == 1)
    let mx = Question(try Name("example.com"), .mx)
    #expect(asked[ServerQuestion(sick, mx, .stream)] == nil)
  }

  @Test func `names between a record and its zone are asked for`() async throws {
    let (_, asked) = try await audit(
      Self.zone + "\n_25._tcp.mail TLSA 3 1 1 \(String(repeating: "ab", count: 32))")
    let server = ServerAddress(try #require(IPAddress("192.0.2.53")))
    #expect(asked[ServerQuestion(server, Question(try Name("_tcp.mail.example.com"), .a))] == 1)
  }

  @Test func `name servers at private addresses are found, and nothing is made of them`() async throws {
    let zone = Self.zone + "\n@ NS ns1\nns1 A 10.0.0.53\nns1 AAAA ::1"
    let (snapshot, _) = try await audit(zone)
    let own = try #require(snapshot.zones.first).addresses
    #expect(own.count == 2)
    for server in own {
      let answer = snapshot[ServerQuestion(server, Question(try Name("example.com"), .soa))]
      #expect(answer?.failure == .addressNotAllowed)
    }
    // The resolver's word counts where no server's does.
    #expect(snapshot.answer(try Name("example.com"), .mx)?.records.count == 1)
  }
}
