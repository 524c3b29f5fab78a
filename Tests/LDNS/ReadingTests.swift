import DNSData
import LDNS
import Testing

@Suite struct `What a message says about a question` {
  private let question: Question
  private let address: RecordData

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    address = .a(IPv4Address(rawValue: 0xC000_0201))
  }

  private func record(_ name: String, _ data: RecordData) throws -> Record {
    Record(try Name(name), ttl: 3600, data)
  }

  private func reading(
    _ answers: [Record] = [], authority: [Record] = [], flags: UInt16 = 0x8180
  ) throws -> Reading {
    func wire(_ records: [Record]) -> [[UInt8]] {
      records.map { MessageBuilder.record($0.name.wire, $0.type.rawValue, rdata: $0.data.rdata) }
    }
    let builder = MessageBuilder(
      flags: flags, questions: [try MessageBuilder.question("www.example.com", .a)],
      answers: wire(answers), authorities: wire(authority))
    return try DNSMessage(builder.octets).reading(of: question)
  }

  private func alias(_ name: String, _ target: String) throws -> Record {
    try record(name, .cname(try Name(target)))
  }

  private func soa(_ name: String) throws -> Record {
    let root = Name.root
    return try record(
      name,
      .soa(SOA(primary: root, mailbox: root, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1)))
  }

  @Test func `records, equal ones once, and no others`() throws {
    let record = try record("www.example.com", address)
    let other = try self.record("other.example.com", address)
    #expect(try reading([record, other, record]) == .outcome(.records([record], aliases: [])))
  }

  @Test func `aliases are followed in any order`() throws {
    let aliases = [
      try alias("www.example.com", "a.example.net"), try alias("A.example.net", "b.example.org"),
    ]
    let record = try record("b.example.org", address)
    #expect(try reading([record] + aliases.reversed()) == .outcome(.records([record], aliases: aliases)))
    #expect(try reading(aliases, flags: 0x8183) == .outcome(.noSuchName(aliases: aliases)))
    let soa = try soa("example.org")
    #expect(try reading(aliases, authority: [soa]) == .outcome(.noData(aliases: aliases)))
  }

  @Test func `aliases that end elsewhere are unfinished`() throws {
    let alias = try alias("www.example.com", "a.example.net")
    let unfinished = Reading.unfinished(aliases: [alias], target: try Name("a.example.net"))
    #expect(try reading([alias]) == unfinished)
    #expect(try reading([alias], authority: [try soa("example.com")]) == unfinished)
    #expect(
      try reading([alias], authority: [try record("net", .ns(try Name("ns.example.net")))]) == unfinished)
  }

  @Test func `circles and long chains end`() throws {
    let circle = [
      try alias("www.example.com", "a.example.com"), try alias("a.example.com", "WWW.example.com"),
    ]
    #expect(try reading(circle) == .outcome(.failure(.aliasLoop)))
    var chain = [try alias("www.example.com", "n1")]
    for number in 1..<10 { chain.append(try alias("n\(number)", "n\(number + 1)")) }
    #expect(try reading(chain) == .unfinished(aliases: chain, target: try Name("n10")))
    chain.append(try alias("n10", "n11"))
    #expect(try reading(chain) == .outcome(.failure(.aliasLoop)))
  }

  @Test func `no data is not a referral`() throws {
    let servers = [try record("com", .ns(try Name("ns.example")))]
    #expect(try reading() == .outcome(.noData(aliases: [])))
    #expect(try reading(authority: [try soa("example.com")]) == .outcome(.noData(aliases: [])))
    #expect(try reading(authority: servers) == .outcome(.noData(aliases: [])))
    #expect(
      try reading(authority: servers, flags: 0x8000)
        == .outcome(.failure(.malformed("a referral instead of an answer"))))
    #expect(
      try reading(authority: servers + [try soa("example.com")], flags: 0x8000)
        == .outcome(.noData(aliases: [])))
  }

  @Test func `response codes`() throws {
    #expect(try reading(flags: 0x8183) == .outcome(.noSuchName(aliases: [])))
    #expect(try reading(flags: 0x8182) == .outcome(.failure(.serverFailure)))
    #expect(try reading(flags: 0x8185) == .outcome(.failure(.refused)))
    #expect(try reading(flags: 0x8181) == .outcome(.failure(.responseCode(1))))
    #expect(try reading(flags: 0x8189) == .outcome(.failure(.responseCode(9))))
    guard
      case .outcome(.failure(.malformed)) = try reading(
        [record("www.example.com", address)], flags: 0x8183)
    else {
      Issue.record("NXDOMAIN with records was believed")
      return
    }
  }
}
