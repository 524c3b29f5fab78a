import DNSData
import LDNS
import Testing

@testable import DNSClient

@Suite(.timeLimit(.minutes(1))) struct `Questions of one run` {
  let question: Question
  let address = RecordData.a(IPv4Address(rawValue: 0xC000_0201))

  init() throws { question = Question(try Name("www.example.com"), .a) }

  private func resolver(
    _ server: ScriptedServer, _ change: (inout ResolverConfiguration) -> Void = { _ in }
  ) -> StubResolver {
    var configuration = ResolverConfiguration(servers: [server.address]) { Timestamp(seconds: 1) }
    configuration.timeout = .seconds(9)
    change(&configuration)
    return StubResolver(configuration)
  }

  private func echoServer() async throws -> ScriptedServer {
    try await ScriptedServer { [address] received in
      guard let question = received.question else { return [] }
      return [.send(Reply(to: received.octets, [Record(question.name, ttl: 60, address)]).octets)]
    }
  }

  /// Answers with what leads from the name asked for, one step at a time.
  private func aliasServer(_ aliases: [String: String]) async throws -> ScriptedServer {
    try await ScriptedServer { [address] received in
      guard let name = received.question?.name else { return [] }
      guard let target = aliases[name.display].flatMap({ try? Name($0) }) else {
        return [.send(Reply(to: received.octets, [Record(name, ttl: 60, address)]).octets)]
      }
      return [.send(Reply(to: received.octets, [Record(name, ttl: 60, .cname(target))]).octets)]
    }
  }

  @Test func `a hundred callers share one datagram`() async throws {
    let server = try await echoServer()
    let resolver = resolver(server)
    let answers = await withTaskGroup(of: Answer.self) { group in
      for _ in 0..<100 { group.addTask { [question] in await resolver.answer(question) } }
      return await group.reduce(into: Set<Answer>()) { $0.insert($1) }
    }
    #expect(answers.count == 1)
    #expect(answers.first?.records.count == 1)
    _ = await resolver.answer(question)
    #expect(server.received.count == 1)
    let statistics = await resolver.statistics
    #expect(statistics.asked == [question: 1])
    #expect(statistics.shared == 100)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `a thousand questions at once are all answered, each asked once`() async throws {
    let server = try await echoServer()
    let resolver = resolver(server)
    let answered = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<1000 {
        group.addTask {
          guard let name = try? Name("n\(number).example.com") else { return false }
          return await resolver.answer(Question(name, .a)).records.first?.name == name
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answered == 1000)
    let statistics = await resolver.statistics
    #expect(statistics.questions == 1000)
    #expect(statistics.asked.values.allSatisfy { $0 == 1 })
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `aliases that lead on are completed`() async throws {
    let server = try await aliasServer(["www.example.com": "a.example.net", "a.example.net": "b.example.org"])
    let resolver = resolver(server)
    let answer = await resolver.answer(question)
    #expect(answer.records.map(\.name.display) == ["b.example.org"])
    #expect(answer.aliases.map(\.name.display) == ["www.example.com", "a.example.net"])
    #expect(answer.question == question)
    #expect(
      answer.signed.map(\.question.name.display) == ["www.example.com", "a.example.net", "b.example.org"])
    #expect(server.received.count == 3)
    _ = await resolver.answer(Question(try Name("a.example.net"), .a))
    #expect(server.received.count == 3)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `circles over several messages end, also when asked from two sides`() async throws {
    let server = try await aliasServer([
      "www.example.com": "a.example.net", "a.example.net": "www.example.com",
    ])
    let resolver = resolver(server)
    async let one = resolver.answer(question)
    async let two = resolver.answer(Question(try Name("a.example.net"), .a))
    #expect(await one.outcome == .failure(.aliasLoop))
    #expect(try await two.outcome == .failure(.aliasLoop))
    #expect(server.received.count == 2)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `ten aliases are followed, eleven are not`() async throws {
    var chain = ["www.example.com": "n1"]
    for number in 1..<11 { chain["n\(number)"] = "n\(number + 1)" }
    let server = try await aliasServer(chain)
    let resolver = resolver(server)
    let outer = await resolver.answer(question)
    #expect(outer.outcome == .failure(.aliasLoop))
    #expect(outer.signed.isEmpty)
    let inner = await resolver.answer(Question(try Name("n1"), .a))
    #expect(inner.aliases.count == 10)
    #expect(inner.signed.count == 11)
    #expect(inner.records.count == 1)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `the budget ends questions, not answers`() async throws {
    let server = try await echoServer()
    let resolver = resolver(server) { $0.questionBudget = 1 }
    #expect(await resolver.answer(question).records.count == 1)
    let beyond = await resolver.answer(Question(question.name, .aaaa))
    #expect(beyond.outcome == .failure(.limitReached))
    #expect(beyond.responder == .nobody)
    #expect(await resolver.answer(question).records.count == 1)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `a cancelled caller leaves, the others get their answer`() async throws {
    let server = try await ScriptedServer { [address] received in
      // Silent at first, so that there is something to leave.
      guard received.number > 0, let question = received.question else { return [] }
      return [.send(Reply(to: received.octets, [Record(question.name, ttl: 60, address)]).octets)]
    }
    let resolver = resolver(server)
    let leaving = Task { [question] in await resolver.answer(question) }
    let staying = Task { [question] in await resolver.answer(question) }
    leaving.cancel()
    #expect(await leaving.value.outcome == .failure(.timeout))
    #expect(await staying.value.records.count == 1)
    await resolver.shutDown()
    await server.stop()
  }

  @Test func `a shutdown ends what is running and what waits`() async throws {
    let server = try await ScriptedServer { _ in [] }
    let resolver = resolver(server) {
      $0.timeout = .seconds(3000)
      $0.maximumInFlight = 2
    }
    let asking = Task {
      await withTaskGroup(of: LookupFailure?.self) { group in
        for number in 0..<20 {
          group.addTask {
            guard let name = try? Name("n\(number).example.com") else { return nil }
            return await resolver.answer(Question(name, .a)).failure
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    while server.received.isEmpty { await Task.yield() }
    await resolver.shutDown()
    #expect(await asking.value.allSatisfy { $0 == .timeout })
    #expect(await resolver.answer(Question(.root, .ns)).outcome == .failure(.timeout))
    await server.stop()
  }
}

@Suite struct `The pace of questions` {
  @Test func `opens with success and closes once per loss event`() {
    var pace = Pace(maximum: 64)
    var sent: [Int] = []
    while pace.isOpen { sent.append(pace.send()) }
    #expect(sent.count == 32)
    for number in sent { pace.end(number, .answered) }
    #expect(pace.window == 64)
    sent = (0..<10).map { _ in pace.send() }
    for number in sent { pace.end(number, .lost) }
    #expect(pace.window == 32)
    for _ in 0..<10 { pace.end(pace.send(), .lost) }
    #expect(pace.window == Pace.minimumWindow)
    #expect(pace.inFlight == 0)
    pace.end(pace.send(), .answered)
    #expect(pace.window > Pace.minimumWindow && pace.window < Pace.minimumWindow + 1)
  }

  @Test func `never grows over a small maximum`() {
    var pace = Pace(maximum: 1)
    let number = pace.send()
    #expect(!pace.isOpen)
    pace.end(number, .lost)
    #expect(pace.isOpen)
    #expect(pace.window == 1)
  }
}
