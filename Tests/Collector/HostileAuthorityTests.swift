import AuditTesting
import Collector
import DNSData
import Evidence
import Synchronization
import Testing

/// A zone that names as many servers as it can.
@Suite struct HostileAuthorityTests {
  private final class Resolver: AnswerSource {
    let asked = Mutex(Set<Question>())

    func answer(_ question: Question) async -> Answer {
      asked.withLock { _ = $0.insert(question) }
      return Answer(
        question, outcome(question), from: .server(ServerAddress(.v4(IPv4Address(rawValue: 0xC000_0235)))),
        at: World.time)
    }

    private func outcome(_ question: Question) -> Outcome {
      func records(_ data: [RecordData]) -> Outcome {
        .records(data.map { Record(question.name, ttl: 300, $0) }, aliases: [])
      }
      switch question.type {
      case .ns:
        return records((0..<100).compactMap { try? .ns(question.name.prepending("ns\($0)")) })
      case .a: return records((0..<100).map { .a(IPv4Address(rawValue: 0xC633_6400 | UInt32($0))) })
      case .mx:
        return records(
          (0..<100).compactMap { try? .mx(MX(preference: 1, exchange: question.name.prepending("mx\($0)"))) })
      default: return .noData(aliases: [])
      }
    }
  }

  private final class Servers: ServerSource {
    let asked = Mutex(Set<ServerQuestion>())

    func ask(_ question: ServerQuestion) async -> ServerAnswer {
      asked.withLock { _ = $0.insert(question) }
      let soa = SOA(
        primary: .root, mailbox: .root, serial: 1, refresh: 14400, retry: 3600, expire: 1_209_600,
        minimum: 300)
      let isOfZone = question.question.type == .soa
      return ServerAnswer(
        question,
        .message(
          ServerMessage(
            responseCode: 0, isAuthoritative: true, offersRecursion: false, datagramSize: 100,
            wasTruncated: false, ednsVersion: 0,
            outcome: isOfZone
              ? .records([Record(question.question.name, ttl: 300, .soa(soa))], aliases: [])
              : .noData(aliases: []))), at: World.time)
    }
  }

  @Test func `a hundred name servers with a hundred addresses each are not all asked`() async throws {
    let resolver = Resolver()
    let servers = Servers()
    _ = await Collector(asking: resolver, and: servers, clock: { World.time }).collect(
      AuditRequest(
        domain: try Name("example.com"), allowedNetworks: World.allowedNetworks,
        probeLabel: World.probeLabel, view: .auto),
      in: Environment(
        resolvers: [ServerAddress(.v4(IPv4Address(rawValue: 0xC000_0235)))], zoneFiles: [], suffixList: "test"
      ))
    #expect(resolver.asked.withLock(\.count) <= Collector.maximumQuestions)
    let asked = servers.asked.withLock { $0 }
    #expect(!asked.isEmpty && asked.count <= Collector.maximumServerQuestions)
    #expect(Set(asked.map(\.server)).count <= 4 * 13 * 4)
  }
}
