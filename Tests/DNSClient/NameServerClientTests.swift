import DNSData
import Evidence
import LDNS
import Testing

@testable import DNSClient

@Suite(.timeLimit(.minutes(1))) struct `A single name server` {
  let question: Question
  let record: Record

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    record = Record(question.name, ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201)))
  }

  private var records: Outcome { .records([record], aliases: []) }

  private func ask(
    _ server: ScriptedServer, _ question: Question? = nil, _ manner: ServerQuestion.Manner = .usual
  ) async -> ServerAnswer {
    let client = NameServerClient(.forTests(server))
    let answer = await client.ask(ServerQuestion(server.address, question ?? self.question, manner))
    await client.shutDown()
    return answer
  }

  // MARK: - Manners

  private struct Sent: Equatable {
    let transport: Received.Transport
    let recursion: Bool
    /// From the payload size on; nil without an OPT record.
    let opt: [UInt8]?
  }

  @Test(arguments: ServerQuestion.Manner.allCases)
  func `is asked in the manner that is named`(manner: ServerQuestion.Manner) async throws {
    let server = try await ScriptedServer { [record] in [.send(Reply(to: $0.octets, [record]).octets)] }
    let answer = await ask(server, nil, manner)
    #expect(answer.message?.outcome == records)
    #expect((answer.message?.datagramSize == nil) == [.stream, .recursiveStream].contains(manner))
    let expected: Sent =
      switch manner {
      case .usual: Sent(transport: .datagram, recursion: false, opt: [4, 208, 0, 0, 0x80, 0, 0, 0])
      case .stream: Sent(transport: .stream, recursion: false, opt: [4, 208, 0, 0, 0x80, 0, 0, 0])
      case .withoutEDNS: Sent(transport: .datagram, recursion: false, opt: nil)
      case .unknownOption:
        Sent(transport: .datagram, recursion: false, opt: [4, 208, 0, 0, 0x80, 0, 0, 4, 0, 100, 0, 0])
      case .unknownFlag: Sent(transport: .datagram, recursion: false, opt: [4, 208, 0, 0, 0x80, 0x40, 0, 0])
      case .unknownVersion: Sent(transport: .datagram, recursion: false, opt: [4, 208, 0, 1, 0x80, 0, 0, 0])
      case .largePayload: Sent(transport: .datagram, recursion: false, opt: [16, 0, 0, 0, 0x80, 0, 0, 0])
      case .recursive: Sent(transport: .datagram, recursion: true, opt: [4, 208, 0, 0, 0x80, 0, 0, 0])
      case .recursiveStream: Sent(transport: .stream, recursion: true, opt: [4, 208, 0, 0, 0x80, 0, 0, 0])
      }
    let received = try #require(server.received.first)
    let query = try DNSMessage(received.octets)
    let opt = received.octets.dropFirst(12 + query.head.questionOctets.count)
    #expect(server.received.count == 1)
    #expect(query.question == question)
    #expect(!query.flags.checkingDisabled)
    #expect(
      Sent(
        transport: received.transport, recursion: query.flags.recursionDesired,
        opt: opt.isEmpty ? nil : Array(opt.dropFirst(3))) == expected)
    await server.stop()
  }

  @Test(
    arguments: [.usual, .unknownOption, .unknownFlag, .unknownVersion] as [ServerQuestion.Manner],
    [1, 4, 16])
  func `that refuses EDNS is not asked without it`(manner: ServerQuestion.Manner, code: Int) async throws {
    let server = try await ScriptedServer { received in
      var reply = Reply(to: received.octets, code: UInt16(code & 0xF))
      reply.hasEDNS = code > 15
      reply.extendedCode = UInt8(code >> 4)
      return [.send(reply.octets)]
    }
    let message = await ask(server, nil, manner).message
    #expect(message?.responseCode == code)
    #expect(message?.outcome == .failure(.responseCode(code)))
    #expect(message?.signed == nil)
    #expect(server.received.count == 1)
    await server.stop()
  }

  @Test func `that knows EDNS says which version`() async throws {
    let server = try await ScriptedServer { [record] received in
      var reply = Reply(to: received.octets, [record])
      reply.flags = 0x8420
      reply.hasEDNS = received.hasEDNS
      reply.extendedErrors = received.hasEDNS ? [ExtendedError(code: 3, text: [])] : []
      return [.send(reply.octets)]
    }
    let message = await ask(server).message
    #expect(message?.ednsVersion == 0)
    #expect(message?.extendedErrors == [ExtendedError(code: 3, text: [])])
    #expect(message?.isAuthoritative == true)
    #expect(message?.authenticData == true)
    #expect(message?.offersRecursion == false)
    #expect(
      message?.signed
        == SignedAnswer(question, .response(.noError, answer: [WireRecord(record)], authority: [])))
    let plain = await ask(server, nil, .withoutEDNS).message
    #expect(plain?.outcome == records)
    #expect(plain?.ednsVersion == nil)
    #expect(plain?.signed == nil)
    await server.stop()
  }

  // MARK: - Truncation

  private func truncatingServer() async throws -> ScriptedServer {
    try await ScriptedServer { [record] received in
      switch received.transport {
      case .datagram: [.send(Reply(to: received.octets, code: 0x0200).octets)]
      case .stream: [.send(Reply(to: received.octets, [record]).octets)]
      }
    }
  }

  @Test(arguments: [.usual, .withoutEDNS, .recursive] as [ServerQuestion.Manner])
  func `that truncates is asked over TCP`(manner: ServerQuestion.Manner) async throws {
    let server = try await truncatingServer()
    let message = await ask(server, nil, manner).message
    #expect(message?.outcome == records)
    #expect(message?.wasTruncated == true)
    #expect(message?.datagramSize == 12 + question.name.wire.count + 4)
    await server.stop()
  }

  @Test(arguments: [.largePayload, .unknownOption, .unknownFlag, .unknownVersion] as [ServerQuestion.Manner])
  func `that truncates says nothing about what exists`(manner: ServerQuestion.Manner) async throws {
    let server = try await truncatingServer()
    let message = await ask(server, nil, manner).message
    #expect(message?.outcome == .failure(.malformed("the answer is truncated")))
    #expect(message?.wasTruncated == true)
    #expect(message?.datagramSize == 12 + question.name.wire.count + 4)
    #expect(message?.signed == nil)
    #expect(server.count(.stream) == 0)
    await server.stop()
  }

  @Test func `may send 4096 octets where they are offered`() async throws {
    let server = try await ScriptedServer { [record] received in
      var reply = Reply(to: received.octets, [record])
      reply.rest = Array(repeating: 0, count: 4096 - reply.octets.count)
      return [.send(reply.octets)]
    }
    let message = await ask(server, nil, .largePayload).message
    #expect(message?.outcome == records)
    #expect(message?.datagramSize == 4096)
    #expect(message?.wasTruncated == false)
    await server.stop()
  }

  // MARK: - Answers that are none

  @Test func `that refers is not taken for one that knows`() async throws {
    let zone = try Name("example.com")
    let (delegation, glue) = (
      Record(zone, ttl: 60, .ns(try Name("ns.example.com"))),
      Record(try Name("ns.example.com"), ttl: 60, .a(IPv4Address(rawValue: 0xC000_0235)))
    )
    let server = try await ScriptedServer { received in
      var reply = Reply(to: received.octets)
      reply.flags = 0x8000
      reply.authorities = [delegation]
      reply.additionals = [glue]
      return [.send(reply.octets)]
    }
    let message = await ask(server).message
    #expect(
      message?.referral == Referral(zone: zone, servers: [try Name("ns.example.com")], glue: [glue]))
    #expect(message?.outcome.isFailure == true)
    await server.stop()
  }

  @Test func `is not asked on and on for aliases in a circle`() async throws {
    let circle = Record(question.name, ttl: 60, .cname(question.name))
    let server = try await ScriptedServer { [.send(Reply(to: $0.octets, [circle]).octets)] }
    #expect(await ask(server).message?.outcome == .failure(.aliasLoop))
    #expect(server.received.count == 1)
    await server.stop()
  }

  // MARK: - Zone transfers

  private func soa(_ zone: Name) -> Record {
    Record(
      zone, ttl: 60,
      .soa(SOA(primary: zone, mailbox: zone, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1)))
  }

  @Test func `that gives a zone away is read no further than to its first record`() async throws {
    let zone = try Name("example.com")
    let opening = soa(zone)
    let many = Array(repeating: Record(zone, ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201))), count: 2300)
    let server = try await ScriptedServer { received in
      let part = Reply(to: received.octets, [opening] + many).octets
      return [.send(part), .send(part)]
    }
    let message = await ask(server, Question(zone, .axfr), .stream).message
    #expect(message?.outcome == .records([opening], aliases: []))
    #expect(message?.signed == nil)
    await server.stop()
  }

  @Test func `that keeps its zone says so, or nothing that counts`() async throws {
    let zone = try Name("example.com")
    for (code, outcome) in [
      (5, .failure(.refused)), (9, .failure(.responseCode(9))), (0, .noData(aliases: [])),
    ] as [(UInt16, Outcome)] {
      let server = try await ScriptedServer { [.send(Reply(to: $0.octets, code: code).octets)] }
      #expect(await ask(server, Question(zone, .axfr), .stream).message?.outcome == outcome)
      await server.stop()
    }
    let other = soa(try Name("example.net"))
    let server = try await ScriptedServer { [.send(Reply(to: $0.octets, [other]).octets)] }
    let failure = LookupFailure.malformed("a zone transfer that does not begin with the zone's SOA record")
    #expect(await ask(server, Question(zone, .axfr), .stream).message?.outcome == .failure(failure))
    await server.stop()
  }
}

extension NameServerConfiguration {
  /// Loopback is allowed because it is told to be.
  static func forTests(_ servers: ScriptedServer..., timeout: Duration = .seconds(9)) -> Self {
    var configuration = NameServerConfiguration { Timestamp(seconds: 1) }
    configuration.timeout = timeout
    configuration.exempt = Set(servers.map(\.address))
    return configuration
  }
}
