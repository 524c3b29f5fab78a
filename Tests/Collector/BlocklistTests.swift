import AuditTesting
import Collector
import DNSBL
import DNSData
import Evidence
import Foundation
import Synchronization
import Testing

/// What is asked of blocklists. All zones are documentation names.
@Suite struct BlocklistInquiryTests {
  private static let domain = """
    @ MX 10 mail
    @ MX 20 mx.vendor.example.
    @ TXT "v=spf1 a:mail.example.com -all"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    other A 192.0.2.2
    mx.vendor.example. A 203.0.113.1
    1.2.0.192.in-addr.arpa. PTR out
    out A 192.0.2.1

    """
  private static let working = "2.0.0.127.bl.example. A 127.0.0.2\ntest.names.example. A 127.0.0.2\n"

  private static func lists() throws -> [Blocklist] {
    try [("bl.example", Blocklist.Kind.addresses), ("names.example", .names)].map { zone, kind in
      Blocklist(
        zone: try Name(zone), kind: kind,
        codes: [ReturnValues("127.0.0.2")].compactMap(\.self).map { Blocklist.Code($0, .major, "spam") },
        testPoints: .standard(for: kind), keyedZone: try Name("dq.\(zone)"))
    }
  }

  private func asked(
    _ zone: String, of domain: String = "example.com", senders: [String] = []
  ) async throws -> Set<String> {
    let snapshot = try await World(zone).snapshot(of: domain, senders: senders, blocklists: try Self.lists())
    let zones = try ["bl.example", "names.example"].map { try Name($0) }
    return Set(
      snapshot.answers.map(\.question.name).filter { name in zones.contains { name.isAtOrBelow($0) } }
        .map(\.display))
  }

  private static let tests: Set = [
    "2.0.0.127.bl.example", "1.0.0.127.bl.example", "test.names.example", "invalid.names.example",
  ]
  private static let six = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example"

  @Test func `without blocklists nothing is asked of any`() async throws {
    let snapshot = try await World(Self.domain + Self.working).snapshot()
    #expect(!snapshot.answers.contains { $0.question.name.display.hasSuffix(".bl.example") })
  }

  @Test func `a list in working order is asked about the senders and the own names`() async throws {
    #expect(
      try await asked(Self.domain + Self.working)
        == Self.tests.union([
          "1.2.0.192.bl.example", Self.six, "example.com.names.example", "mail.example.com.names.example",
          "out.example.com.names.example",
        ]))
  }

  @Test func `given senders are asked about in place of the MX hosts, but for private ones`() async throws {
    let asked = try await asked(Self.domain + Self.working, senders: ["192.0.2.9", "10.0.0.1"])
    #expect(asked.contains("9.2.0.192.bl.example"))
    #expect(asked.isDisjoint(with: ["1.2.0.192.bl.example", Self.six, "1.0.0.10.bl.example"]))
  }

  @Test func `a list that fails its test, refuses or is dead is asked nothing more`() async throws {
    for zone in [
      "", "*.bl.example. A 127.0.0.2\n*.names.example. A 127.0.0.2",
      "*.bl.example. A 203.0.113.80\n*.names.example. A 203.0.113.80",
    ] {
      #expect(try await asked(Self.domain + zone) == Self.tests)
    }
  }

  @Test func `below a registrable domain that too is asked about, and nothing of a domain that is not there`()
    async throws
  {
    let zone = "sub MX 10 mail.sub\n" + Self.working
    #expect(try await asked(zone, of: "sub.example.com").isSuperset(of: ["example.com.names.example"]))
    #expect(try await asked(Self.working, of: "nowhere.example.com").isEmpty)
  }

  @Test func `a list is asked about twenty addresses at most`() async throws {
    let senders = (1...40).map { "198.51.100.\($0)" }
    let asked = try await asked(Self.domain + Self.working, senders: senders)
    #expect(asked.count { $0.hasSuffix("100.51.198.bl.example") } == 20)
  }

  @Test func `a snapshot with blocklists is saved and read back`() async throws {
    let snapshot = try await World(Self.domain + Self.working).snapshot(blocklists: try Self.lists())
    let data = try JSONEncoder().encode(snapshot)
    #expect(try JSONDecoder().decode(Snapshot.self, from: data) == snapshot)
  }

  // MARK: - A key

  private static let key = "verysecretkey0123"

  /// Repeats what it is asked in every text that it gives back, as servers do.
  private final class Parrot: AnswerSource {
    let asked = Mutex<[Name]>([])
    let outcome: @Sendable (Question) throws -> Outcome

    init(_ outcome: @escaping @Sendable (Question) throws -> Outcome) { self.outcome = outcome }

    func answer(_ question: Question) async -> Answer {
      asked.withLock { $0.append(question.name) }
      let text = Array("no answer for \(question.name)".utf8)
      return Answer(
        question, (try? outcome(question)) ?? .failure(.timeout), from: .nobody, at: World.time,
        extendedErrors: [ExtendedError(code: 22, text: text)])
    }
  }

  static let outcomes: [@Sendable (Question) throws -> Outcome] = [
    { .records([Record($0.name, ttl: 60, .a(IPv4Address(rawValue: 0x7F00_0002)))], aliases: []) },
    {
      let alias = try $0.name.prepending("x")
      return .records(
        [Record(alias, ttl: 60, .a(IPv4Address(rawValue: 0x7F00_0002)))],
        aliases: [Record($0.name, ttl: 60, .cname(alias))])
    },
    { .records([Record($0.name, ttl: 60, .txt(TXT(joined: Array($0.name.display.utf8))))], aliases: []) },
    { .noSuchName(aliases: [Record($0.name, ttl: 60, .cname($0.name))]) },
    { .noData(aliases: [Record($0.name, ttl: 60, .cname($0.name))]) },
    { .failure(.malformed("about \($0.name)")) }, { _ in .failure(.timeout) },
  ]

  @Test(arguments: outcomes.indices)
  func `the key goes to the wire and into nothing that is kept`(_ index: Int) async throws {
    let parrot = Parrot(Self.outcomes[index])
    let lists = try Self.lists()
    let keyed = try KeyedBlocklists(parrot, key: Self.key, lists: lists, clock: { World.time })
    let snapshot = try await World(asking: keyed).snapshot(senders: ["192.0.2.1"], blocklists: lists)
    let wire = parrot.asked.withLock { $0.map(\.display) }
    #expect(wire.contains("2.0.0.127.\(Self.key).dq.bl.example"))
    #expect(!wire.contains { $0.hasSuffix("127.bl.example") })
    let saved = String(decoding: try JSONEncoder().encode(snapshot), as: UTF8.self)
    #expect(!saved.contains(Self.key) && !"\(snapshot)".contains(Self.key))
    #expect(saved.contains("2.0.0.127.bl.example."))
  }

  @Test func `other questions pass as they are`() async throws {
    let parrot = Parrot { _ in .noData(aliases: []) }
    let keyed = try KeyedBlocklists(parrot, key: Self.key, lists: try Self.lists(), clock: { World.time })
    let question = Question(try Name("example.com"), .mx)
    #expect(await keyed.answer(question).extendedErrors.first?.text.isEmpty == false)
    #expect(parrot.asked.withLock { $0 } == [question.name])
  }
}
