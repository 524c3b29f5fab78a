import DNSData
import Evidence
import LDNS
import SeededRandom
import Testing

@testable import DNSClient

@Suite struct `What one server's message says` {
  let question: Question
  let asked: ServerQuestion
  let servers: [Record]

  init() throws {
    question = Question(try Name("www.example.com"), .a)
    asked = ServerQuestion(ServerAddress(.v4(IPv4Address(rawValue: 0xC000_0235))), question)
    let zone = try Name("example.com")
    servers = try ["ns1.example.com", "ns2.example.net"].map { Record(zone, ttl: 60, .ns(try Name($0))) }
  }

  /// In the same spelling as the question; flags of an answer that is neither authoritative nor of a resolver.
  private func reply(_ answers: [Record] = [], _ authorities: [Record] = [], flags: UInt16 = 0x8000) throws
    -> Reply
  {
    var reply = Reply(to: try Query(question, id: 1, recursion: .notDesired).octets, answers)
    reply.flags = flags
    reply.authorities = authorities
    return reply
  }

  private func read(_ reply: Reply) -> ServerMessage? {
    ServerAnswer(asked, asked.read(reply.octets, datagram: nil), at: Timestamp(seconds: 1)).message
  }

  private func address(_ name: String) throws -> Record {
    Record(try Name(name), ttl: 60, .a(IPv4Address(rawValue: 0xC000_0201)))
  }

  private let misdirected = Outcome.failure(.malformed("a referral instead of an answer"))

  @Test func `a referral names the zone, its servers and their glue`() throws {
    var reply = try reply([], servers)
    let glue = try address("ns1.example.com")
    let ds = Record(
      try Name("example.com"), ttl: 60, .ds(DS(keyTag: 1, algorithm: 13, digestType: 2, digest: [1])))
    reply.authorities.append(ds)
    reply.additionals = [glue, try address("elsewhere.example.com")]
    let message = try #require(read(reply))
    #expect(
      message.referral
        == Referral(
          zone: try Name("example.com"), servers: [try Name("ns1.example.com"), try Name("ns2.example.net")],
          glue: [glue]))
    #expect(message.outcome == misdirected)
    #expect(
      message.signed
        == SignedAnswer(
          question, .response(.noError, answer: [], authority: (servers + [ds]).map { WireRecord($0) })))
  }

  @Test func `a referral is one from a resolver too, and to the root`() throws {
    let up = [Record(.root, ttl: 60, .ns(try Name("a.root-servers.example")))]
    for flags: UInt16 in [0x8000, 0x8080] {
      let message = try #require(try read(reply([], up, flags: flags)))
      #expect(message.referral?.zone == .root)
      #expect(message.outcome == misdirected)
    }
  }

  @Test func `an answer, an absence or another zone is no referral`() throws {
    let soa = Record(
      try Name("example.com"), ttl: 60,
      .soa(SOA(primary: .root, mailbox: .root, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1)))
    let elsewhere = [Record(try Name("example.org"), ttl: 60, .ns(.root))]
    let replies = [
      try reply([try address("www.example.com")], servers), try reply([], servers + [soa]),
      try reply([], servers, flags: 0x8400), try reply([], servers, flags: 0x8003),
      try reply([], servers, flags: 0x8005), try reply([], servers, flags: 0x8200), try reply([], elsewhere),
      try reply(),
    ]
    for reply in replies { #expect(try #require(read(reply)).referral == nil) }
  }

  @Test func `a refusal is one, whatever else is in the message`() throws {
    let refused = try #require(try read(reply([try address("www.example.com")], flags: 0x8205)))
    #expect(refused.outcome == .failure(.refused))
    #expect(refused.signed == nil)
    let cut = try #require(try read(reply([], flags: 0x8200)))
    #expect(cut.outcome == .failure(.malformed("the answer is truncated")))
  }

  @Test func `aliases that lead on are kept apart from answers`() throws {
    let target = try Name("mail.example.net")
    let alias = Record(question.name, ttl: 60, .cname(target))
    let message = try #require(try read(reply([alias], flags: 0x8400)))
    #expect(message.alias == AliasChain(records: [alias], target: target))
    #expect(message.outcome == .failure(.malformed("aliases that lead elsewhere instead of an answer")))
    #expect(message.signed != nil)
    let complete = try #require(try read(reply([alias, try address("mail.example.net")])))
    #expect(complete.alias == nil)
    #expect(complete.outcome == .records([try address("mail.example.net")], aliases: [alias]))
  }

  @Test func `aliases in a circle are a failure`() throws {
    let target = try Name("a.example.com")
    let circle = [
      Record(question.name, ttl: 60, .cname(target)), Record(target, ttl: 60, .cname(question.name)),
    ]
    let message = try #require(try read(reply(circle, flags: 0x8400)))
    #expect(message.outcome == .failure(.aliasLoop))
    #expect(message.alias == nil)
    #expect(message.signed == nil)
  }

  @Test func `random octets and flipped bits never trap, and never say two things`() throws {
    var generator = SeededGenerator(seed: 4)
    var good = try reply([Record(question.name, ttl: 60, .cname(try Name("example.com")))], servers)
    good.additionals = [try address("ns1.example.com")]
    good.hasEDNS = true
    let starts = [good.octets, try reply([], servers).octets, Array(good.octets.prefix(12)), []]
    let manners = ServerQuestion.Manner.allCases
    for number in 0..<3000 {
      var octets = starts[number % starts.count]
      for _ in 0..<Int.random(in: 0...6, using: &generator) where !octets.isEmpty {
        octets[Int.random(in: 0..<octets.count, using: &generator)] = generator.next()
      }
      for _ in 0..<Int.random(in: 0...60, using: &generator) { octets.append(generator.next()) }
      let asked = ServerQuestion(
        asked.server, number % 3 == 0 ? Question(question.name, .axfr) : question,
        manners[number % manners.count])
      guard case .message(let message) = asked.read(octets, datagram: nil) else { continue }
      if message.referral != nil || message.alias != nil { #expect(message.outcome.isFailure) }
      #expect(message.referral == nil || message.alias == nil)
      if let referral = message.referral {
        #expect(!referral.servers.isEmpty && question.name.isAtOrBelow(referral.zone))
        #expect(referral.glue.allSatisfy { referral.servers.contains($0.name) })
      }
    }
  }
}
