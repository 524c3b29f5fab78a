import DNSData
import LDNS
import Testing

@testable import DNSClient

@Suite(.timeLimit(.minutes(1))) struct `A resolver` {
  let question: Question
  let record: Record
  let time = Timestamp(seconds: 1_000_000)

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    record = Record(question.name, ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201)))
  }

  /// Long enough for a loaded machine; tests in which somebody is silent wait for a part of it, or all.
  private func configuration(
    _ servers: ScriptedServer..., timeout: Duration = .seconds(20)
  ) -> ResolverConfiguration {
    var configuration = ResolverConfiguration(servers: servers.map(\.address)) { [time] in time }
    configuration.timeout = timeout
    return configuration
  }

  /// Asks one question of a new resolver.
  private func ask(_ configuration: ResolverConfiguration) async -> (Answer, ResolverStatistics) {
    let resolver = StubResolver(configuration)
    let answer = await resolver.answer(question)
    let statistics = await resolver.statistics
    await resolver.shutDown()
    return (answer, statistics)
  }

  private var records: Outcome { .records([record], aliases: []) }

  // MARK: - Answers

  @Test(arguments: ["127.0.0.1", "::1"])
  func `gets records over both families`(host: String) async throws {
    let server = try await ScriptedServer(host: host) { [record] in
      [.send(Reply(to: $0.octets, [record]).octets)]
    }
    let (answer, statistics) = await ask(configuration(server))
    let signed = SignedAnswer(
      question, .response(.noError, answer: [WireRecord(record)], authority: []))
    #expect(
      answer == Answer(question, records, from: .server(server.address), at: time, signed: [signed]))
    #expect(statistics.datagramsSent == 1)
    #expect(server.received.first?.hasEDNS == true)
    await server.stop()
  }

  @Test func `tells absence from failure`() async throws {
    let outcomes: [(UInt16, Outcome)] = [
      (0, .noData(aliases: [])), (3, .noSuchName(aliases: [])), (2, .failure(.serverFailure)),
      (5, .failure(.refused)), (9, .failure(.responseCode(9))),
    ]
    for (code, outcome) in outcomes {
      let server = try await ScriptedServer { [.send(Reply(to: $0.octets, code: code).octets)] }
      let (answer, _) = await ask(configuration(server))
      #expect(answer.outcome == outcome)
      #expect(answer.signed.isEmpty == (answer.failure != nil))
      #expect(answer.responder == .server(server.address))
      await server.stop()
    }
  }

  // MARK: - TCP

  @Test func `a truncated answer is asked for over TCP`() async throws {
    let server = try await ScriptedServer { [record] received in
      switch received.transport {
      case .datagram:
        var reply = Reply(to: received.octets, code: 0x0200)
        reply.answerCount = 7
        return [.send(reply.octets)]
      case .stream: return [.send(Reply(to: received.octets, [record]).octets)]
      }
    }
    let (answer, statistics) = await ask(configuration(server))
    #expect(answer.outcome == records)
    #expect(statistics.streamExchanges == 1)
    await server.stop()
  }

  @Test func `TCP that misbehaves is a failure`() async throws {
    let question = try Name("other.example").wire + [0, 1, 0, 1]
    let cases: [(LookupFailure, @Sendable (Received) -> [Reaction])] = [
      (.unreachable, { _ in [.close] }),
      (.timeout, { _ in [] }),
      (.malformed("the answer over TCP is to another question"), { _ in [.send([1, 2, 3])] }),
      (
        .malformed("the answer over TCP is to another question"),
        {
          var reply = Reply(to: $0.octets)
          reply.question = question
          return [.send(reply.octets)]
        }
      ),
    ]
    for (failure, behave) in cases {
      let server = try await ScriptedServer { received in
        switch received.transport {
        case .datagram: [.send(Reply(to: received.octets, code: 0x0200).octets)]
        case .stream: behave(received)
        }
      }
      let (answer, _) = await ask(configuration(server, timeout: .seconds(2)))
      #expect(answer.outcome == .failure(failure))
      await server.stop()
    }
  }

  @Test func `65,535 octets over TCP are read, and judged by the limits`() async throws {
    let server = try await ScriptedServer { [question] received in
      var reply = Reply(to: received.octets, code: received.transport == .datagram ? 0x0200 : 0)
      guard received.transport == .stream else { return [.send(reply.octets)] }
      reply.answers = [
        Record(question.name, ttl: 60, .txt(TXT(strings: Array(repeating: [], count: 65_000))))
      ]
      reply.rest = Array(repeating: 0, count: 65_535 - reply.octets.count)
      return [.send(reply.octets)]
    }
    let (answer, _) = await ask(configuration(server))
    #expect(answer.outcome == .failure(.malformed(MessageError.tooManyFields(.txt).description)))
    await server.stop()
  }

  // MARK: - Failures

  @Test func `a malformed answer is a failure`() async throws {
    let server = try await ScriptedServer { received in
      var reply = Reply(to: received.octets)
      reply.answerCount = 3
      return [.send(reply.octets)]
    }
    let (answer, _) = await ask(configuration(server))
    guard case .failure(.malformed) = answer.outcome else {
      Issue.record("\(answer.outcome)")
      return
    }
    await server.stop()
  }

  @Test func `a silent server's place is taken by the next`() async throws {
    let silent = try await ScriptedServer { _ in [] }
    let good = try await ScriptedServer { [record] in [.send(Reply(to: $0.octets, [record]).octets)] }
    let resolver = StubResolver(configuration(silent, good, timeout: .seconds(6)))
    let answer = await resolver.answer(question)
    #expect(answer.outcome == records)
    #expect(answer.responder == .server(good.address))
    _ = await resolver.answer(Question(question.name, .aaaa))
    #expect(silent.received.count == 1, "the second question goes to the one that answers")
    await resolver.shutDown()
    await silent.stop()
    await good.stop()
  }

  @Test(arguments: [2, 5] as [UInt16])
  func `SERVFAIL and REFUSED send to the next server`(code: UInt16) async throws {
    let bad = try await ScriptedServer { [.send(Reply(to: $0.octets, code: code).octets)] }
    let good = try await ScriptedServer { [record] in [.send(Reply(to: $0.octets, [record]).octets)] }
    let (answer, _) = await ask(configuration(bad, good))
    #expect(answer.outcome == records)
    await bad.stop()
    await good.stop()
  }

  @Test func `the failure that tells most is returned`() async throws {
    let failing = try await ScriptedServer { received in
      var reply = Reply(to: received.octets, code: 2)
      reply.extendedErrors = [ExtendedError(code: 6, text: Array("bogus".utf8))]
      return [.send(reply.octets)]
    }
    let refusing = try await ScriptedServer { [.send(Reply(to: $0.octets, code: 5).octets)] }
    let silent = try await ScriptedServer { _ in [] }
    let (answer, _) = await ask(configuration(failing, refusing, silent, timeout: .seconds(4)))
    #expect(answer.outcome == .failure(.serverFailure))
    #expect(answer.responder == .server(failing.address))
    #expect(answer.extendedErrors == [ExtendedError(code: 6, text: Array("bogus".utf8))])
    #expect(silent.received.count > 0)
    for server in [failing, refusing, silent] { await server.stop() }
  }

  @Test func `silence of all is a time-out`() async throws {
    let silent = [try await ScriptedServer { _ in [] }, try await ScriptedServer { _ in [] }]
    let (answer, statistics) = await ask(configuration(silent[0], silent[1], timeout: .seconds(2)))
    #expect(answer.outcome == .failure(.timeout))
    #expect(statistics.datagramsSent == 4)
    for server in silent { await server.stop() }
  }

  @Test func `where nothing listens is unreachable`() async throws {
    let gone = try await ScriptedServer { _ in [] }
    await gone.stop()
    let (answer, _) = await ask(configuration(gone, timeout: .seconds(2)))
    #expect(answer.outcome == .failure(.unreachable))
  }

  @Test func `what the system will not send is unreachable`() async throws {
    // Broadcasts need a permission that the sockets do not have.
    var configuration = configuration()
    configuration.servers = [ServerAddress(.v4(IPv4Address(rawValue: .max)))]
    let (answer, _) = await ask(configuration)
    #expect(answer.outcome == .failure(.unreachable))
  }

  @Test func `without servers nobody answers`() async throws {
    let (answer, _) = await ask(configuration())
    #expect(answer.outcome == .failure(.unreachable))
    #expect(answer.responder == .nobody)
  }

  @Test func `a server that knows no EDNS is asked without`() async throws {
    for code: UInt16 in [1, 4] {
      for keepsQuestion in [true, false] {
        let server = try await ScriptedServer { [record] received in
          guard received.hasEDNS else { return [.send(Reply(to: received.octets, [record]).octets)] }
          var reply = Reply(to: received.octets, code: code)
          if !keepsQuestion { reply.question = [] }
          return [.send(reply.octets)]
        }
        let (answer, _) = await ask(configuration(server))
        #expect(answer.outcome == records)
        #expect(answer.signed.isEmpty, "it was not asked with DO")
        #expect(server.received.count == 2)
        await server.stop()
      }
    }
  }

  @Test func `FORMERR to everything is a failure, after two questions`() async throws {
    let server = try await ScriptedServer { [.send(Reply(to: $0.octets, code: 1).octets)] }
    let (answer, _) = await ask(configuration(server))
    #expect(answer.outcome == .failure(.responseCode(1)))
    #expect(server.received.count == 2)
    await server.stop()
  }
}
