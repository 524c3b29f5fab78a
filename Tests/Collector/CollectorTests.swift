import AuditTesting
import Collector
import DNSData
import Evidence
import Foundation
import Synchronization
import Testing

/// Counts every question on its way to another source.
private final class CountingSource: AnswerSource {
  private let source: any AnswerSource
  private let counts = Mutex<[Question: Int]>([:])

  init(_ source: any AnswerSource) { self.source = source }

  var asked: [Question: Int] { counts.withLock { $0 } }

  func answer(_ question: Question) async -> Answer {
    counts.withLock { $0[question, default: 0] += 1 }
    return await source.answer(question)
  }
}

/// Counts every fetch, and serves nothing.
private final class CountingDocuments: FetchSource {
  private let count = Mutex(0)

  var fetches: Int { count.withLock { $0 } }

  func fetch(_ request: FetchRequest) async -> HTTPFetch {
    count.withLock { $0 += 1 }
    return HTTPFetch(request, .failure(.refused), at: World.time)
  }
}

@Suite struct CollectorTests {
  private static let healthy = """
    @ MX 10 mail
    @ TXT "v=spf1 mx include:a.vendor.example -all"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    mail._domainkey TXT "v=DKIM1; p="
    _dmarc TXT "v=DMARC1; p=none"
    1.2.0.192.in-addr.arpa. PTR mail
    1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mail
    a.vendor.example. TXT "v=spf1 include:b.vendor.example -all"
    b.vendor.example. TXT "v=spf1 include:c.vendor.example -all"
    c.vendor.example. TXT "v=spf1 ip4:198.51.100.1 -all"
    """

  @Test func `a document is fetched once for all who ask at once or later, and again from other addresses`()
    async throws
  {
    let documents = CountingDocuments()
    let shared = SharedDocuments(documents)
    func request(_ address: String) throws -> FetchRequest {
      try FetchRequest(
        host: try Name("mta-sts.example.com"), path: "/", addresses: [try #require(IPAddress(address))],
        limits: .policy)
    }
    async let first = shared.fetch(try request("192.0.2.1"))
    async let second = shared.fetch(try request("192.0.2.1"))
    let third = await shared.fetch(try request("192.0.2.1"))
    #expect(Set(try await [first, second, third]).count == 1)
    #expect(documents.fetches == 1)
    _ = await shared.fetch(try request("192.0.2.2"))
    #expect(documents.fetches == 2)
  }

  @Test func `nothing is asked twice, and a healthy domain takes few questions`() async throws {
    let source = CountingSource(try World(Self.healthy).source)
    let snapshot = try await World(asking: source).snapshot()
    #expect(source.asked.values.allSatisfy { $0 == 1 })
    #expect(snapshot.answers.count == source.asked.count)
    #expect(snapshot.answers.count <= 60)
  }

  @Test func `TLSA of the MX hosts, SRV and its targets, and CAA up the tree are looked at`() async throws {
    let zone = Self.healthy + "\n_imaps._tcp SRV 0 1 993 imap\nimap A 192.0.2.2\n_pop3._tcp SRV 0 0 0 ."
    let snapshot = try await World(zone).snapshot()
    let expected: [(String, RecordType)] = [
      ("_25._tcp.mail.example.com", .tlsa), ("_submission._tcp.example.com", .srv),
      ("imap.example.com", .a), ("imap.example.com", .aaaa), ("example.com", .caa), ("com", .caa),
    ]
    for (name, type) in expected {
      #expect(snapshot.answer(try Name(name), type) != nil, "\(name) \(type)")
    }
    #expect(snapshot.answer(.root, .a) == nil)
    #expect(snapshot.answers.count <= 60)
  }

  @Test func `what an answer has shown not to exist is not asked for`() async throws {
    let bare = try await World("@ MX 10 mail\nmail A 192.0.2.1").snapshot()
    let probe = World.probeLabel
    let absent: [(String, RecordType)] = [
      ("example.com", .a), ("\(probe).example.com", .mx), ("\(probe)._domainkey.example.com", .txt),
      ("_adsp._domainkey.example.com", .txt), ("_smtps._tcp.example.com", .srv),
    ]
    for (name, type) in absent { #expect(bare.answer(try Name(name), type) == nil, "\(name) \(type)") }
    let wild = try await World(
      "* A 192.0.2.80\n_adsp._domainkey TXT \"dkim=all\"\n_imaps._tcp SRV 0 1 993 mail"
    ).snapshot(selectors: ["s"])
    for (name, type) in absent {
      let isKey = name == "\(probe)._domainkey.example.com"
      #expect((wild.answer(try Name(name), type) == nil) == isKey, "\(name) \(type)")
    }
    #expect(wild.answer(try Name("_tcp.example.com"), .srv) == nil)
    let keys = try await World("*._domainkey TXT \"v=DKIM1; p=\"").snapshot(selectors: ["s"])
    #expect(keys.answer(try Name("\(probe)._domainkey.example.com"), .txt) != nil)
  }

  @Test func `an audit takes as many rounds as SPF is deep, and two more at most`() async throws {
    #expect(try await World(Self.healthy).snapshot().rounds == 4)
    let flat = "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\n1.2.0.192.in-addr.arpa. PTR mail"
    #expect(try await World(flat).snapshot().rounds <= 4)
    let deep = (0..<9).map { "l\($0).vendor.example. TXT \"v=spf1 include:l\($0 + 1).vendor.example -all\"" }
    let text = "@ TXT \"v=spf1 include:l0.vendor.example -all\"\n" + deep.joined(separator: "\n")
    #expect(try await World(text).snapshot().rounds <= 11 + 2)
  }

  @Test func `an include bomb is bounded`() async throws {
    let bomb = (0..<10).map { level in
      let includes = (0..<10).map { "\"include:\($0).l\(level + 1).vendor.example \"" }.joined(separator: " ")
      return "*.l\(level).vendor.example. TXT \"v=spf1 \" \(includes) \"-all\""
    }
    let text = "@ TXT \"v=spf1 include:0.l0.vendor.example -all\"\n" + bomb.joined(separator: "\n")
    let snapshot = try await World(text).snapshot()
    #expect(snapshot.answers.count <= Collector.maximumQuestions + 1)
  }

  @Test(arguments: [1, 5, 20, 30])
  func `where the limit on questions is reached, nothing that is needed stays without an answer`(
    limit: Int
  ) async throws {
    let source = CountingSource(try World(Self.healthy).source)
    let request = AuditRequest(domain: try Name("example.com"), probeLabel: World.probeLabel)
    let snapshot = await Collector(asking: source, atMost: limit, clock: { World.time }).collect(
      request, in: Environment(resolvers: [], zoneFiles: [], suffixList: "test"))
    #expect(source.asked.count <= limit)
    #expect(Inquiry(request).needs({ snapshot[$0] }, { _ in nil }).allSatisfy { snapshot[$0] != nil })
    #expect(snapshot.answers.contains { $0.failure == .limitReached })
  }

  @Test func `given selectors and senders are looked at, and no common ones`() async throws {
    let snapshot = try await World(Self.healthy).snapshot(selectors: ["one.two"], senders: ["192.0.2.9"])
    #expect(snapshot.answer(try Name("one.two._domainkey.example.com"), .txt) != nil)
    #expect(snapshot.answer(try Name("mail._domainkey.example.com"), .txt) == nil)
    #expect(snapshot.answer(try Name("9.2.0.192.in-addr.arpa"), .ptr) != nil)
    #expect(snapshot.answer(try Name("1.2.0.192.in-addr.arpa"), .ptr) == nil)
  }

  @Test func `a failed look-up is kept as it is`() async throws {
    let question = Question(try Name("example.com"), .mx)
    let source = FailingSource(try World(Self.healthy).source, failing: [question: .timeout])
    #expect(try await World(asking: source).snapshot()[question]?.failure == .timeout)
  }

  @Test func `a snapshot is saved and read back, failures included`() async throws {
    let questions = [LookupFailure.timeout, .malformed("x\"\n"), .responseCode(4)].enumerated()
    let names = ["example.com", "_dmarc.example.com", "mail.example.com"]
    let failures = try Dictionary(
      uniqueKeysWithValues: questions.map { (Question(try Name(names[$0]), $0 == 2 ? .a : .txt), $1) })
    let source = FailingSource(try World(Self.healthy).source, failing: failures)
    let snapshot = try await World(asking: source).snapshot(selectors: ["s"], senders: ["2001:db8::1"])
    let data = try JSONEncoder().encode(snapshot)
    #expect(try JSONDecoder().decode(Snapshot.self, from: data) == snapshot)
  }
}

@Suite struct ZoneAnswersTests {
  private static func source(_ over: String, _ world: String) throws -> ZoneAnswers {
    let file = try ZoneFile(
      name: "over", octets: Array("$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n\(over)".utf8))
    return ZoneAnswers(ZoneSet([file]), over: try World(world).source, clock: { World.time })
  }

  private func addresses(_ source: ZoneAnswers, _ name: String) async throws -> [String] {
    await source.answer(Question(try Name(name), .a)).records.map { "\($0.data)" }
  }

  @Test func `a laid-over zone hides the live one and leaves other names alone`() async throws {
    let source = try Self.source("new A 192.0.2.1", "old A 192.0.2.2\nlive.example.net. A 192.0.2.3")
    #expect(try await addresses(source, "new.example.com") == ["192.0.2.1"])
    #expect(try await addresses(source, "old.example.com") == [])
    #expect(try await addresses(source, "live.example.net") == ["192.0.2.3"])
  }

  @Test func `aliases are followed across the border, both ways`() async throws {
    let source = try Self.source(
      "out CNAME in.example.net.\nhost A 192.0.2.1",
      "in.example.net. A 192.0.2.3\nback.example.net. CNAME host")
    #expect(try await addresses(source, "out.example.com") == ["192.0.2.3"])
    #expect(try await addresses(source, "back.example.net") == ["192.0.2.1"])
    let answer = await source.answer(Question(try Name("out.example.com"), .a))
    #expect(answer.aliases.map(\.name.display) == ["out.example.com"])
    #expect(answer.question.name.display == "out.example.com")
  }

  @Test func `an alias circle across the border is a failure, not an absence`() async throws {
    let source = try Self.source("a CNAME b.example.net.", "b.example.net. CNAME a")
    #expect(await source.answer(Question(try Name("a.example.com"), .a)).failure == .aliasLoop)
  }

  @Test func `offline, what no file holds is not tested`() async throws {
    let file = try ZoneFile(name: "z", octets: Array("$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5".utf8))
    let source = ZoneAnswers(ZoneSet([file]), clock: { World.time })
    #expect(await source.answer(Question(try Name("example.net"), .a)).failure == .notInFiles)
    #expect(await source.answer(Question(try Name("example.com"), .a)).outcome == .noData(aliases: []))
  }
}
