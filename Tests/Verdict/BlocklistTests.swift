import AuditTesting
import DNSBL
import DNSData
import Evidence
import Rules
import Testing
import Verdict

/// What a list did not say is never a listing, and what it was not asked is not said at all.
@Suite struct BlocklistTests {
  private static let domain = """
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    _dmarc TXT "v=DMARC1; p=none"
    mail A 192.0.2.1
    1.2.0.192.in-addr.arpa. PTR mail
    2.0.0.127.bl.example. A 127.0.0.2
    2.0.0.127.other.example. A 127.0.0.2
    test.names.example. A 127.0.0.2

    """

  private static func list(
    _ zone: String, _ kind: Blocklist.Kind = .addresses, _ weight: Blocklist.Weight = .major,
    registration: Blocklist.Registration = .none
  ) throws -> Blocklist {
    Blocklist(
      zone: try Name(zone), kind: kind,
      codes: [ReturnValues("127.0.0.2")].compactMap(\.self).map { Blocklist.Code($0, weight, "spam") },
      errors: [ReturnValues("127.255.255.254")].compactMap(\.self), testPoints: .standard(for: kind),
      registration: registration)
  }

  private static func lists() throws -> [Blocklist] {
    [try list("bl.example"), try list("other.example", .ipv4, .minor), try list("names.example", .names)]
  }

  private func scorecard(
    _ zone: String = "", failing: [String: LookupFailure] = [:], senders: [String] = [], lists: [Blocklist]
  ) async throws -> Scorecard {
    var failures: [Question: LookupFailure] = [:]
    for (name, failure) in failing { failures[Question(try Name(name), .a)] = failure }
    let world = World(asking: FailingSource(try World(Self.domain + zone).source, failing: failures))
    return Scorecard(try await world.facts(senders: senders, blocklists: lists), rules: Rule.catalog)
  }

  private func outcomes(_ scorecard: Scorecard) -> [String: RuleOutcome] {
    Dictionary(
      uniqueKeysWithValues: scorecard.results.filter { $0.rule.topic == .dnsbl }.map {
        ($0.rule.id, $0.outcome)
      })
  }

  @Test func `without blocklists every rule about them is not applicable, even where they list`() async throws
  {
    let plain = try await scorecard("1.2.0.192.bl.example. A 127.0.0.2", lists: [])
    #expect(Set(outcomes(plain).values) == [.notApplicable])
    #expect(outcomes(plain).count == 8)
    #expect(plain.exitStatus(Limits()) == .fine)
  }

  @Test func `nothing listed passes, completely`() async throws {
    let scorecard = try await scorecard(lists: try Self.lists())
    let outcomes = outcomes(scorecard)
    #expect(outcomes["dnsbl.whitelisted"] == .notApplicable)
    #expect(outcomes["dnsbl.listed-pbl"] == .notApplicable, "no list has such a code")
    #expect(outcomes.values.count { $0 == .passed } == 6, "\(outcomes)")
    // What the Verdict looks for is what the Collector asked.
    #expect(scorecard.results.filter { $0.rule.topic == .dnsbl }.flatMap(\.gaps).isEmpty)
  }

  @Test(arguments: [
    ("2.0.0.127.bl.example", "dnsbl.listed-major"), ("1.0.0.127.bl.example", "dnsbl.listed-major"),
    ("1.2.0.192.bl.example", "dnsbl.listed-major"), ("1.2.0.192.other.example", "dnsbl.listed-minor"),
    ("test.names.example", "dnsbl.domain-listed"), ("mail.example.com.names.example", "dnsbl.domain-listed"),
  ])
  func `silence of a list is unknown for what that list decides, and nothing else`(name: String, rule: String)
    async throws
  {
    for failure in [LookupFailure.timeout, .serverFailure] {
      let outcomes = outcomes(
        try await scorecard(failing: [name: failure], lists: try Self.lists()))
      #expect(outcomes[rule] == .unknown, "\(outcomes)")
      #expect(!outcomes.values.contains(.failed))
      for other in ["dnsbl.listed-major", "dnsbl.listed-minor", "dnsbl.domain-listed"] where other != rule {
        #expect(outcomes[other] == .passed, "\(other)")
      }
    }
  }

  @Test(arguments: [
    "1.2.0.192.bl.example. A 127.255.255.254", "1.2.0.192.bl.example. A 203.0.113.80",
    "1.2.0.192.bl.example. A 127.0.0.99", "1.0.0.127.bl.example. A 127.0.0.2",
    "*.bl.example. A 127.255.255.254\n2.0.0.127.bl.example. A 127.255.255.254",
    "1.0.0.127.bl.example. A 203.0.113.80\n1.2.0.192.bl.example. A 203.0.113.80",
  ])
  func `an answer that is no listing leaves its list not tested`(zone: String) async throws {
    let scorecard = try await scorecard(zone, lists: try Self.lists())
    #expect(outcomes(scorecard)["dnsbl.listed-major"] == .notTested)
    #expect(scorecard.exitStatus(Limits()) == .fine)
    var complete = Limits()
    complete.requiresCompleteness = .required
    #expect(scorecard.exitStatus(complete) == .unknown)
  }

  @Test func `a listing counts whatever another list does`() async throws {
    let lists = try Self.lists() + [try Self.list("dead.example")]
    let scorecard = try await scorecard(
      "1.2.0.192.bl.example. A 127.0.0.2",
      failing: ["2.0.0.127.dead.example": .timeout, "1.0.0.127.dead.example": .timeout], lists: lists)
    #expect(outcomes(scorecard)["dnsbl.listed-major"] == .failed)
    #expect(scorecard.exitStatus(Limits()) == .findings)
  }

  @Test func `a list that wants registration and is silent is not tested`() async throws {
    let lists = [try Self.list("bl.example", registration: .required)]
    for (failure, outcome) in [(LookupFailure.timeout, RuleOutcome.notTested), (.notInFiles, .notTested)] {
      let scorecard = try await scorecard(
        failing: ["2.0.0.127.bl.example": failure, "1.0.0.127.bl.example": failure], lists: lists)
      #expect(outcomes(scorecard)["dnsbl.listed-major"] == outcome)
    }
  }

  @Test func `senders beyond the limit are not tested, and those within it are judged`() async throws {
    let senders = (1...25).map { "192.0.2.\($0)" }
    let lists = [try Self.list("bl.example")]
    let scorecard = try await scorecard(senders: senders, lists: lists)
    let result = try #require(scorecard.results.first { $0.rule.id == "dnsbl.listed-major" })
    #expect(result.outcome == .notTested && result.gaps.count == 5)
    let listed = try await self.scorecard("1.2.0.192.bl.example. A 127.0.0.2", senders: senders, lists: lists)
    #expect(outcomes(listed)["dnsbl.listed-major"] == .failed)
  }

  @Test func `without known senders it is not tested whether they are listed`() async throws {
    let world = try World("@ MX 10 mx.vendor.example.\n2.0.0.127.bl.example. A 127.0.0.2")
    let scorecard = Scorecard(
      try await world.facts(blocklists: [try Self.list("bl.example")]), rules: Rule.catalog)
    #expect(outcomes(scorecard)["dnsbl.listed-major"] == .notTested)
  }
}
