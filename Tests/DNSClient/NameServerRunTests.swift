import DNSData
import Evidence
import LDNS
import SeededRandom
import Synchronization
import Testing

@testable import DNSClient

@Suite(.timeLimit(.minutes(1))) struct `Questions to name servers in one run` {
  let question: Question
  let record: Record

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    record = Record(question.name, ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201)))
  }

  private func echoServer() async throws -> ScriptedServer {
    try await ScriptedServer { [record] in [.send(Reply(to: $0.octets, [record]).octets)] }
  }

  @Test func `are shared, but for their manner and their server`() async throws {
    let (one, two) = (try await echoServer(), try await echoServer())
    let client = NameServerClient(.forTests(one, two))
    let asked = ServerQuestion(one.address, question)
    let answers = await withTaskGroup(of: ServerAnswer.self) { group in
      for _ in 0..<100 { group.addTask { await client.ask(asked) } }
      return await group.reduce(into: Set<ServerAnswer>()) { $0.insert($1) }
    }
    #expect(answers.count == 1)
    #expect(one.received.count == 1)
    _ = await client.ask(asked)
    _ = await client.ask(ServerQuestion(one.address, question, .withoutEDNS))
    _ = await client.ask(ServerQuestion(two.address, question))
    #expect(one.received.count == 2)
    #expect(two.received.count == 1)
    let statistics = await client.statistics
    #expect(statistics.questions == 3)
    #expect(statistics.shared == 100)
    #expect(statistics.datagramsSent == 3)
    #expect(statistics.streamExchanges == 0)
    await client.shutDown()
    for server in [one, two] { await server.stop() }
  }

  @Test func `beyond the budget are not sent`() async throws {
    let server = try await echoServer()
    var configuration = NameServerConfiguration.forTests(server)
    configuration.questionBudget = 1
    let client = NameServerClient(configuration)
    #expect(await client.ask(ServerQuestion(server.address, question)).message != nil)
    let beyond = ServerQuestion(server.address, question, .stream)
    #expect(await client.ask(beyond).failure == .limitReached)
    #expect(await client.ask(ServerQuestion(server.address, question)).message != nil)
    #expect(server.received.count == 1)
    await client.shutDown()
    await server.stop()
  }

  @Test func `go to no special address but where it is allowed`() async throws {
    let server = try await echoServer()
    let asked = ServerQuestion(server.address, question)
    var configuration = NameServerConfiguration { Timestamp(seconds: 1) }
    let strict = NameServerClient(configuration)
    #expect(await strict.ask(asked).failure == .addressNotAllowed)
    let unspecified = ServerAddress(.v4(IPv4Address(rawValue: 0)))
    #expect(await strict.ask(ServerQuestion(unspecified, question)).failure == .addressNotAllowed)
    #expect(await strict.statistics.questions == 0)
    #expect(server.received.isEmpty)
    configuration.allowedNetworks = [try #require(IPNetwork("127.0.0.0/8"))]
    let allowing = NameServerClient(configuration)
    #expect(await allowing.ask(asked).message != nil)
    for client in [strict, allowing] { await client.shutDown() }
    await server.stop()
  }

  @Test func `are all answered when there are many at once`() async throws {
    let server = try await ScriptedServer { [.send(Reply(to: $0.octets, code: 3).octets)] }
    var configuration = NameServerConfiguration.forTests(server)
    configuration.questionsAtOnce = 2
    let client = NameServerClient(configuration)
    let answered = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          guard let name = try? Name("n\(number).example.com") else { return false }
          let asked = ServerQuestion(server.address, Question(name, .a), number % 5 == 0 ? .stream : .usual)
          return await client.ask(asked).message?.outcome == .noSuchName(aliases: [])
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answered == 100)
    await client.shutDown()
    await server.stop()
  }

  @Test func `that nobody answers are timed out after two tries, once for all callers`() async throws {
    let server = try await ScriptedServer { _ in [] }
    let client = NameServerClient(.forTests(server, timeout: .seconds(3)))
    #expect(await client.ask(ServerQuestion(server.address, question)).failure == .timeout)
    #expect(await client.ask(ServerQuestion(server.address, question)).failure == .timeout)
    #expect(server.count(.datagram) == 2)
    await client.shutDown()
    await server.stop()
  }

  @Test func `where nothing listens are unreachable`() async throws {
    let gone = try await echoServer()
    await gone.stop()
    let client = NameServerClient(.forTests(gone, timeout: .seconds(2)))
    #expect(await client.ask(ServerQuestion(gone.address, question)).failure == .unreachable)
    #expect(await client.ask(ServerQuestion(gone.address, question, .stream)).failure == .unreachable)
    await client.shutDown()
  }

  @Test func `end with the client`() async throws {
    let server = try await ScriptedServer { _ in [] }
    let client = NameServerClient(.forTests(server, timeout: .seconds(3000)))
    let asking = Task {
      await withTaskGroup(of: LookupFailure?.self) { group in
        for manner in ServerQuestion.Manner.allCases {
          group.addTask { await client.ask(ServerQuestion(server.address, question, manner)).failure }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    while server.received.isEmpty { await Task.yield() }
    await client.shutDown()
    #expect(await asking.value.allSatisfy { $0 == .timeout })
    #expect(await client.ask(ServerQuestion(server.address, Question(.root, .ns))).failure == .timeout)
    await server.stop()
  }

  // MARK: - Forgeries

  private func flood(_ received: Received) -> [Reaction] {
    let forged = Record(question.name, ttl: 60, .a(IPv4Address(rawValue: 0xCB00_7101)))
    return (1...40).flatMap { number -> [Reaction] in
      var lie = Reply(to: received.octets, [forged])
      let other = Reaction.sendFromElsewhere(lie.octets)
      lie.id = [lie.id[0] ^ UInt8(number), lie.id[1]]
      return [.send(lie.octets), other]
    }
  }

  @Test func `are not answered by a flood of forgeries`() async throws {
    let server = try await ScriptedServer { [record] received in
      switch received.transport {
      case .datagram: flood(received)
      case .stream: [.send(Reply(to: received.octets, [record]).octets)]
      }
    }
    let client = NameServerClient(.forTests(server))
    let message = await client.ask(ServerQuestion(server.address, question)).message
    #expect(message?.outcome == .records([record], aliases: []))
    #expect(message?.datagramSize == nil)
    #expect(await client.statistics.datagramsMismatched > 0)
    await client.shutDown()
    await server.stop()
  }

  @Test func `are a failure where nothing but a flood comes back`() async throws {
    let server = try await ScriptedServer(streams: .refused) { flood($0) }
    let client = NameServerClient(.forTests(server, timeout: .seconds(2)))
    let failure = await client.ask(ServerQuestion(server.address, question)).failure
    #expect(failure == .unreachable || failure == .timeout)
    await client.shutDown()
    await server.stop()
  }

  @Test func `answered with random octets all end`() async throws {
    let generator = Mutex(SeededGenerator(seed: 12))
    let server = try await ScriptedServer { received in
      let noise: [UInt8] = generator.withLock { generator in
        (0..<Int.random(in: 0...400, using: &generator)).map { _ in generator.next() }
      }
      // Id, the bit of an answer and the question fit in most, so that the rest is looked at.
      guard received.number % 4 > 0 else { return [.send(noise)] }
      var reply = Reply(to: received.octets)
      reply.flags = 0x8000 | (noise.first.map(UInt16.init) ?? 0)
      reply.answerCount = noise.count % 5
      reply.rest = noise
      return [.send(reply.octets)]
    }
    let client = NameServerClient(.forTests(server, timeout: .milliseconds(800)))
    let ended = await withTaskGroup(of: Int.self) { group in
      for number in 0..<90 {
        group.addTask {
          guard let name = try? Name("n\(number).example.com") else { return 0 }
          let manners = ServerQuestion.Manner.allCases
          let asked = ServerQuestion(server.address, Question(name, .mx), manners[number % manners.count])
          return await client.ask(asked).question == asked ? 1 : 0
        }
      }
      return await group.reduce(0, +)
    }
    #expect(ended == 90)
    await client.shutDown()
    await server.stop()
  }
}
