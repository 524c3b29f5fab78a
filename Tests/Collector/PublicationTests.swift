import AuditTesting
import Collector
import DNSData
import Evidence
import Synchronization
import Testing

/// Time that passes where somebody sleeps, and name servers that change with it.
private final class ServersInTime: ServerSource {
  typealias Words = @Sendable (ServerQuestion, Duration) throws -> ServerAnswer.Result

  private let words: Words
  private let time = Mutex(Duration.zero)
  private let questions = Mutex<[ServerQuestion]>([])

  init(_ words: @escaping Words) { self.words = words }

  var now: Duration { time.withLock { $0 } }
  var asked: [ServerQuestion] { questions.withLock { $0 } }

  func sleep(_ duration: Duration) { time.withLock { $0 += duration } }

  func ask(_ question: ServerQuestion) async -> ServerAnswer {
    questions.withLock { $0.append(question) }
    do {
      return ServerAnswer(question, try words(question, now), at: World.time)
    } catch {
      return ServerAnswer(question, .failure(.malformed("\(error)")), at: World.time)
    }
  }
}

@Suite struct PublicationTests {
  private static let zone = """
    @ NS ns1
    @ NS ns2
    ns1 A 192.0.2.1
    ns2 A 192.0.2.2

    """
  private static let wanted = #"example.com. 1 TXT "v=spf1 mx -all""#
  private static let first = "192.0.2.1"
  private static let second = "192.0.2.2"

  private static func text(_ asked: ServerQuestion, _ text: String, isAuthoritative: Bool = true) throws
    -> ServerAnswer.Result
  {
    GivenNameServers.message(
      try GivenNameServers.records(asked.question, [.txt(TXT(text))]), isAuthoritative: isAuthoritative,
      isSigned: false)
  }

  private static func right(_ asked: ServerQuestion) throws -> ServerAnswer.Result {
    try text(asked, "v=spf1 mx -all")
  }

  private struct Wait {
    let state: PublicationState
    let ending: WaitEnding
    let looks: Int
    let time: Duration
    let asked: [ServerQuestion]

    func states(_ address: String) -> [ServedState]? {
      state.servers.first { $0.address.description == address }?.findings.map(\.state)
    }
  }

  /// Looks every 10 seconds, for a minute.
  private func wait(
    for records: [String] = [wanted], zone: String = zone, families: [AddressFamily] = [.v4, .v6],
    failing: [Question: LookupFailure] = [:], _ words: @escaping ServersInTime.Words
  ) async throws -> Wait {
    let servers = ServersInTime(words)
    let source = FailingSource(try World(zone).source, failing: failing)
    let inquiry = PublicationInquiry(
      [RecordPublication(try records.map { try Record($0) })], over: families)
    let looks = Mutex(0)
    let end = await PublicationWatch(every: .seconds(10), for: .seconds(60)).wait(
      elapsed: { servers.now }, sleep: { servers.sleep($0) }, tell: { _ in looks.withLock { $0 += 1 } },
      look: { await inquiry.look(asking: source, and: servers, clock: { World.time }) })
    return Wait(
      state: end.state, ending: end.ending, looks: looks.withLock { $0 }, time: servers.now,
      asked: servers.asked)
  }

  // MARK: - Served

  @Test func `what all servers serve takes one look`() async throws {
    let wait = try await wait { asked, _ in try Self.right(asked) }
    #expect(wait.state.standing == .served && wait.ending == .served && wait.looks == 1)
    #expect(wait.state.servers.map { $0.names.map(\.display) } == [["ns1.example.com"], ["ns2.example.com"]])
  }

  @Test(arguments: [1, 9, 25, 47])
  func `the wait ends within two intervals of the last server's change`(seconds: Int) async throws {
    let change = Duration.seconds(seconds)
    let wait = try await wait { asked, time in
      let isLate = asked.server.address.description == Self.second && time < change
      return try isLate ? Self.text(asked, "v=spf1 -all") : Self.right(asked)
    }
    #expect(wait.ending == .served)
    #expect(wait.time >= change && wait.time <= change + .seconds(20))
  }

  @Test func `servers that never serve it at one time do not serve it`() async throws {
    let wait = try await wait { asked, time in
      let isEven = Int(time.components.seconds / 10).isMultiple(of: 2)
      let isFirst = asked.server.address.description == Self.first
      return try isEven == isFirst ? Self.right(asked) : Self.text(asked, "old")
    }
    #expect(wait.ending == .timeOver && wait.state.standing == .lacking && wait.looks == 7)
  }

  @Test(arguments: [
    (#"example.com. 60 TXT "v=spf1 " "mx -all""#, true), (#"example.com. TXT "v=spf1  mx -all""#, false),
  ])
  func `texts are compared joined, and TTLs are not`(record: String, isServed: Bool) async throws {
    let wait = try await wait(for: [record]) { asked, _ in try Self.right(asked) }
    #expect((wait.state.standing == .served) == isServed)
  }

  // MARK: - Not served

  @Test func `when the time is over it is known who lacks what`() async throws {
    let wait = try await wait { asked, _ in
      asked.server.address.description == Self.second
        ? try Self.text(asked, "old") : try Self.right(asked)
    }
    #expect(wait.ending == .timeOver && wait.state.standing == .lacking && wait.time == .seconds(60))
    #expect(wait.states(Self.first) == [.served])
    let old = Record(try Name("example.com"), ttl: 3600, .txt(TXT("old")))
    #expect(wait.states(Self.second) == [.lacking([try Record(Self.wanted)], instead: [old])])
  }

  @Test func `a record that is behind an alias is not at the name`() async throws {
    let wait = try await wait { asked, _ in
      let alias = Record(asked.question.name, ttl: 1, .cname(try Name("www.example.com")))
      let text = Record(try Name("www.example.com"), ttl: 1, .txt(TXT("v=spf1 mx -all")))
      return GivenNameServers.message(
        .records([text], aliases: [alias]), isAuthoritative: true, isSigned: false)
    }
    #expect(wait.state.standing == .lacking)
  }

  @Test func `a server without authority lacks it, whatever it says`() async throws {
    let wait = try await wait { asked, _ in
      asked.server.address.description == Self.second
        ? try Self.text(asked, "v=spf1 mx -all", isAuthoritative: false) : try Self.right(asked)
    }
    #expect(wait.states(Self.second) == [.withoutAuthority] && wait.state.standing == .lacking)
    let refusing = try await self.wait { _, _ in GivenNameServers.message(.failure(.refused)) }
    #expect(refusing.states(Self.first) == [.withoutAuthority])
  }

  // MARK: - Unknown

  @Test func `a silent server is unknown and lacks nothing`() async throws {
    let wait = try await wait { asked, _ in
      asked.server.address.description == Self.second ? .failure(.timeout) : try Self.right(asked)
    }
    #expect(wait.states(Self.second) == [.unknown(.timeout)])
    #expect(wait.state.standing == .unknown && wait.ending == .timeOver)
  }

  @Test func `a server that fails has not said that it lacks anything`() async throws {
    let wait = try await wait { _, _ in GivenNameServers.message(.failure(.serverFailure)) }
    #expect(wait.state.standing == .unknown)
  }

  @Test func `what one server lacks is known though another is silent`() async throws {
    let wait = try await wait { asked, _ in
      asked.server.address.description == Self.second ? .failure(.timeout) : try Self.text(asked, "old")
    }
    #expect(wait.state.standing == .lacking)
  }

  @Test func `without the look-up of a server nobody can say that all serve it`() async throws {
    let question = Question(try Name("ns2.example.com"), .a)
    let wait = try await wait(failing: [question: .timeout]) { asked, _ in try Self.right(asked) }
    #expect(wait.states(Self.first) == [.served] && wait.states(Self.second) == nil)
    #expect(wait.state.unasked.contains(.lookUp(question, .timeout)) && wait.state.standing == .unknown)
    let zone = Question(try Name("example.com"), .ns)
    let none = try await self.wait(failing: [zone: .serverFailure]) { asked, _ in try Self.right(asked) }
    #expect(none.state.servers.isEmpty && none.state.standing == .unknown)
  }

  @Test func `a name server without address, and a name without servers, are told`() async throws {
    let wait = try await wait(zone: "@ NS ns1\n@ NS gone\nns1 A 192.0.2.1\n") { asked, _ in
      try Self.right(asked)
    }
    #expect(wait.state.unasked == [.noAddress(of: try Name("gone.example.com"))])
    #expect(wait.state.standing == .unknown)
    let nobody = try await self.wait(zone: "") { asked, _ in try Self.right(asked) }
    #expect(nobody.state.unasked == [.noServers(of: try Name("example.com"))])
  }

  // MARK: - Who is asked

  @Test func `each record is asked of the servers of its own zone`() async throws {
    let zone =
      Self.zone + "ns1 AAAA 2001:db8::1\nsub NS ns3.example.net.\nns3.example.net. A 192.0.2.3\n"
      + "sub.example.com. SOA . . 1 2 3 4 5\n"
    let records = [Self.wanted, #"a.b.sub.example.com. TXT "x""#]
    let wait = try await wait(for: records, zone: zone, families: [.v4]) { asked, _ in
      try Self.right(asked)
    }
    let asked = Set(wait.asked.map { "\($0.server) \($0.question.name.display)" })
    #expect(
      asked == ["192.0.2.1 example.com", "192.0.2.2 example.com", "192.0.2.3 a.b.sub.example.com"])
  }

  @Test func `names that share an address are one server`() async throws {
    let zone = "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.1\nns2 A 192.0.2.1\n"
    let wait = try await wait(zone: zone) { asked, _ in try Self.right(asked) }
    #expect(wait.asked.count == 1)
    #expect(wait.state.servers.first?.names.count == 2)
  }

  @Test func `of a flood of servers and addresses a part is asked, and that is told`() async throws {
    var zone = ""
    for name in 0..<40 {
      zone += "@ NS ns\(name)\n"
      for address in 0..<6 { zone += "ns\(name) A 192.0.2.\(name * 6 + address + 1)\n" }
    }
    let wait = try await wait(zone: zone) { asked, _ in try Self.right(asked) }
    #expect(Set(wait.asked.map(\.server)).count == 26)
    #expect(wait.state.unasked.contains(.tooMany(of: try Name("example.com"))))
    #expect(wait.state.standing == .unknown)
  }
}
