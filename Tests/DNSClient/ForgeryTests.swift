import DNSData
import LDNS
import Testing

@testable import DNSClient

@Suite(.timeLimit(.minutes(1))) struct `A forged answer` {
  let question: Question
  let record: Record

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    record = Record(question.name, ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201)))
  }

  private var records: Outcome { .records([record], aliases: []) }

  private func ask(_ server: ScriptedServer) async -> (Answer, ResolverStatistics) {
    var configuration = ResolverConfiguration(servers: [server.address]) { Timestamp(seconds: 1) }
    configuration.timeout = .seconds(4)
    let resolver = StubResolver(configuration)
    let answer = await resolver.answer(question)
    let statistics = await resolver.statistics
    await resolver.shutDown()
    return (answer, statistics)
  }

  /// Gives the forged octets first over UDP; the truth over TCP.
  private func checkForged(_ forge: @escaping @Sendable (Received) -> [Reaction]) async throws {
    let server = try await ScriptedServer { [record] received in
      switch received.transport {
      case .datagram: forge(received)
      case .stream: [.send(Reply(to: received.octets, [record]).octets)]
      }
    }
    let (answer, statistics) = await ask(server)
    #expect(answer.outcome == records)
    #expect(statistics.streamExchanges == 1)
    #expect(statistics.datagramsAccepted == 0)
    #expect(statistics.datagramsMismatched > 0)
    await server.stop()
  }

  private static func lie(to query: [UInt8]) -> Reply {
    let name = (try? Name("www.example.com")) ?? .root
    return Reply(to: query, [Record(name, ttl: 60, .a(IPv4Address(rawValue: 0x0666_0666)))])
  }

  @Test func `with another id is not believed`() async throws {
    try await checkForged { received in
      var lie = Self.lie(to: received.octets)
      lie.id = lie.id.map { $0 ^ 0xFF }
      return [.send(lie.octets)]
    }
  }

  @Test func `from another port is not believed`() async throws {
    try await checkForged { [.sendFromElsewhere(Self.lie(to: $0.octets).octets)] }
  }

  @Test func `to another question is not believed`() async throws {
    let other = try Name("xyz.example.com").wire + [0, 1, 0, 1]
    try await checkForged { received in
      var lie = Self.lie(to: received.octets)
      lie.question = other
      return [.send(lie.octets)]
    }
  }

  @Test func `without question, or a query sent back, is not believed`() async throws {
    try await checkForged { received in
      var lie = Self.lie(to: received.octets)
      lie.question = []
      return [.send(lie.octets), .send(received.octets), .send([1, 2, 3])]
    }
  }

  @Test func `in other case is not believed`() async throws {
    try await checkForged { received in
      var lie = Self.lie(to: received.octets)
      lie.question = lie.question.map { (0x41...0x7A).contains($0) ? $0 ^ 0x20 : $0 }
      return [.send(lie.octets)]
    }
  }

  @Test func `does not hide the true one`() async throws {
    let server = try await ScriptedServer { [record] received in
      var lie = Self.lie(to: received.octets)
      lie.id = lie.id.map { $0 ^ 0xFF }
      return [
        .send(lie.octets), .sendFromElsewhere(Self.lie(to: received.octets).octets),
        .send(Reply(to: received.octets, [record]).octets),
      ]
    }
    let (answer, statistics) = await ask(server)
    #expect(answer.outcome == records)
    #expect(statistics.datagramsAccepted == 1)
    await server.stop()
  }

  @Test func `among many leads to TCP at once`() async throws {
    try await checkForged { received in
      (1...40).map { number in
        var lie = Self.lie(to: received.octets)
        lie.id = [lie.id[0] ^ UInt8(number), lie.id[1]]
        return .send(lie.octets)
      }
    }
  }
}
