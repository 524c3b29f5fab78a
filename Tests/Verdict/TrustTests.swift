import AuditTesting
import DNSData
import DNSSEC
import Evidence
import Rules
import Testing
import Verdict

@Suite struct TrustTests {
  private static let zone = "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"

  /// Everything that is asked below example.com. breaks, by the link that `reason` gives for a question.
  private func scorecard(_ link: (Question, Name) -> ChainBreak) async throws -> Scorecard {
    let zone = try Name("example.com")
    let snapshot = try await World(Self.zone).snapshot()
    let validations = snapshot.answers.map(\.question).filter { $0.name.isAtOrBelow(zone) }.map {
      Validation(question: $0, security: .bogus(link($0, zone)))
    }
    return Scorecard(Facts(snapshot, validations: validations), rules: Rule.catalog)
  }

  static let reasons: [(ChainBreak.Reason, String)] = [
    (.expired(Timestamp(seconds: 1_700_000_000)), "dnssec.bogus"), (.noSignature, "dnssec.bogus"),
    (.badSignature, "dnssec.bogus"), (.noKeys, "dnssec.ds-no-match"),
    (.noKeyMatchesDelegation(keyTags: [1]), "dnssec.ds-no-match"),
    (.denial(.noRecords), "dnssec.denial-broken"),
  ]

  @Test(arguments: reasons)
  func `one cause is one finding, however many names and links show it`(
    reason: ChainBreak.Reason, rule: String
  ) async throws {
    for isOfKeys in [true, false] {
      let scorecard = try await scorecard { question, zone in
        ChainBreak(question: isOfKeys ? Question(zone, .dnskey) : question, zone: zone, reason: reason)
      }
      let found = scorecard.results.filter { $0.rule.topic == .dnssec && !$0.faults.isEmpty }
      #expect(found.map(\.rule.id) == [rule])
      #expect(found.flatMap(\.faults).count == 1)
      #expect(scorecard.results.allSatisfy { $0.rule.topic == .dnssec || $0.faults.isEmpty })
    }
  }

  @Test func `what rests on a broken link is unknown once, by the link's name`() async throws {
    let scorecard = try await scorecard { _, zone in
      ChainBreak(question: Question(zone, .dnskey), zone: zone, reason: .noKeys)
    }
    let gaps = Set(scorecard.results.flatMap(\.unknownGaps))
    #expect(gaps.count == 1)
    let place = Place(try Name("example.com"), .dnskey)
    #expect(gaps.first?.place == place)
  }
}
