import AuditTesting
import Collector
import DNSData
import DNSSEC
import Evidence
import SigningTesting
import Synchronization
import Testing

@Suite struct ValidatedLookUpTests {
  fileprivate static let moment = Timestamp("2026-06-01T00:00:00Z") ?? World.time
  private let servers: NameServers

  init() throws { servers = try Hierarchy.servers.get() }

  private func lookUp(_ name: String, _ type: RecordType = .a) async throws -> ValidatedLookUp {
    await SignedSource(servers, at: Self.moment).validate(
      Question(try Name(name), type), from: servers.anchors, at: Self.moment)
  }

  @Test func `a look-up is secure, insecure or bogus by what the network says, with the answer beside it`()
    async throws
  {
    for (name, word) in [
      ("www.p256.example", Security.secure),
      (
        "www.plain.example",
        .insecure(Insecurity(zone: try Name("plain.example"), reason: .unsignedDelegation))
      ),
    ] {
      let found = try await lookUp(name)
      #expect(found.validation.security == word)
      #expect(found.answer.records.count == 2)
    }
    let expired = try await lookUp("www.expired.example")
    guard case .bogus(let link) = expired.validation.security else {
      Issue.record("\(expired.validation)")
      return
    }
    #expect(link.question == Question(try Name("expired.example"), .dnskey))
  }

  @Test func `nothing is known without an anchor, or of what is not signed because a file holds it`()
    async throws
  {
    let question = Question(try Name("www.p256.example"), .a)
    let unanchored = await SignedSource(servers, at: Self.moment)
      .validate(question, from: TrustAnchors([]), at: Self.moment)
    #expect(unanchored.validation.security == .indeterminate(.noAnchor(question.name)))
    let own = Question(try Name("example.com"), .mx)
    let file = try await World("@ MX 10 mail").source.validate(own, from: servers.anchors, at: Self.moment)
    #expect(file.validation.security == .indeterminate(.failure(own, .notInFiles)))
    #expect(file.answer.records.count == 1)
  }

  /// Every name is an alias of one below it, and nothing is signed.
  private final class Endless: AnswerSource {
    private let count = Mutex(0)
    var asked: Int { count.withLock { $0 } }

    func answer(_ question: Question) async -> Answer {
      count.withLock { $0 += 1 }
      let next = (try? question.name.prepending("x")) ?? .root
      let alias = WireRecord(question.name, .cname, ttl: 1, rdata: next.wire)
      return Answer(
        question, .noData(aliases: []), from: .nobody, at: ValidatedLookUpTests.moment,
        signed: [SignedAnswer(question, .response(.noError, answer: [alias], authority: []))])
    }
  }

  @Test func `a name that leads on for ever is given up`() async throws {
    let source = Endless()
    let anchor = try TrustAnchors(
      file: "anchor", octets: Array(". DS 1 15 2 \(String(repeating: "ab", count: 32))".utf8))
    let name = try Name(String(repeating: "a.", count: 120))
    let found = await source.validate(Question(name, .a), from: anchor, at: Self.moment)
    #expect(found.validation.security != .secure)
    #expect(source.asked <= 160)
  }
}
