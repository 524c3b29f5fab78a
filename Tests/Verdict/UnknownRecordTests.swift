import AuditTesting
import DNSData
import Rules
import Testing
import Verdict

/// Rules that rest on look-ups which few domains need: without an answer they are unknown.
@Suite struct UnknownRecordTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let name: String
    var type = RecordType.txt
    var domain = "example.com"
    let zone: String

    var testDescription: String { "\(rule): \(name) \(type)" }
  }

  private static let reports = """
    @ MX 10 mail
    _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@vendor.example; ruf=mailto:f@other.example"
    vendor.example. A 192.0.2.1
    *._report._dmarc.vendor.example. TXT "v=DMARC1"
    *._report._dmarc.other.example. TXT "v=DMARC1"
    """
  private static let picture = """
    @ MX 10 mail
    default._bimi TXT "v=BIMI1; l=https://example.com/logo.svg"
    _dmarc TXT "v=DMARC1; p=reject"
    """
  private static let probe = World.probeLabel + ".example.com"

  static let cases = [
    Case(
      rule: "dmarc.rua-external-unauth", name: "example.com._report._dmarc.vendor.example", zone: reports),
    Case(
      rule: "dmarc.ruf-external-unauth", name: "example.com._report._dmarc.other.example", zone: reports),
    Case(rule: "dmarc.rua-external-unauth", name: "_dmarc.example.com", zone: reports),
    Case(rule: "dmarc.rua-undeliverable", name: "vendor.example", type: .mx, zone: reports),
    Case(rule: "dmarc.rua-undeliverable", name: "vendor.example", type: .a, zone: reports),
    Case(
      rule: "dmarc.org-divergence", name: "_dmarc.example.com", domain: "sub.example.com",
      zone: "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=reject\""),
    Case(rule: "bimi.record", name: "default._bimi.example.com", zone: picture),
    Case(rule: "bimi.dmarc", name: "_dmarc.example.com", zone: picture),
    Case(rule: "bimi.record", name: "example.com", type: .mx, zone: picture),
    Case(rule: "misc.verification-txt", name: "example.com", zone: "@ MX 10 mail"),
    Case(rule: "misc.for-sale", name: "_for-sale.example.com", zone: "@ MX 10 mail"),
    Case(rule: "dns.wildcard-txt", name: probe, zone: "@ MX 10 mail"),
    Case(rule: "dns.wildcard-mx", name: probe, type: .mx, zone: "@ MX 10 mail\n* A 192.0.2.80"),
    Case(rule: "dns.wildcard-mx", name: probe, zone: "@ MX 10 mail\n* MX 10 mail"),
    Case(rule: "dns.doubled-suffix", name: "example.com.example.com", zone: "@ MX 10 mail"),
    Case(
      rule: "dns.doubled-suffix", name: "_dmarc.example.com.example.com",
      zone: "@ MX 10 mail\n_dmarc.example.com TXT \"v=DMARC1; p=reject\""),
    Case(
      rule: "dns.doubled-suffix", name: probe,
      zone: "@ MX 10 mail\n_dmarc.example.com TXT \"v=DMARC1; p=reject\""),
  ]

  @Test(arguments: cases)
  func `a rule whose look-up fails is unknown`(_ example: Case) async throws {
    let question = Question(try Name(example.name), example.type)
    let world = World(asking: FailingSource(try World(example.zone).source, failing: [question: .timeout]))
    let scorecard = Scorecard(
      try await world.facts(of: example.domain), rules: Rule.catalog.filter { $0.id == example.rule })
    #expect(scorecard.results.map(\.outcome) == [.unknown])
  }

  @Test func `a failed look-up at one report host leaves the fault of the other standing`() async throws {
    let zone = """
      @ MX 10 mail
      _dmarc TXT "v=DMARC1; p=none; rua=mailto:d@one.example,mailto:d@two.example"
      one.example. MX 10 mx.one.example.
      two.example. MX 10 mx.two.example.
      """
    let failing = [Question(try Name("example.com._report._dmarc.one.example"), .txt): LookupFailure.timeout]
    let world = World(asking: FailingSource(try World(zone).source, failing: failing))
    let scorecard = Scorecard(try await world.facts(), rules: [.dmarcRUAExternalUnauth])
    let result = try #require(scorecard.results.first)
    #expect(result.faults.map(\.place.name) == [try Name("example.com._report._dmarc.two.example")])
    #expect(result.unknownGaps.count == 1)
  }

  /// The Collector looks at the first of them by name alone.
  @Test(arguments: ["mx.target-nxdomain", "host.a-missing", "dane.length", "caa.syntax"])
  func `of MX hosts beyond the audit's limit nothing is said to be fine`(_ rule: String) async throws {
    let zone = (10...40).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")
    let scorecard = Scorecard(try await World(zone).facts(), rules: Rule.catalog.filter { $0.id == rule })
    #expect(scorecard.results.map(\.outcome) == [.notTested])
  }

  @Test(arguments: [
    ("autodiscover", "autodiscover.dangling"), ("_mta-sts", "mtasts.missing"),
    ("_mta-sts", "mtasts.cname-dangling"), ("_dmarc", "dmarc.cname"), ("_dmarc", "dmarc.missing"),
  ])
  func `an alias that leads nowhere is no fault while it may be a wildcard's`(
    _ label: String, _ rule: String
  ) async throws {
    let zone = "@ MX 10 mail\nmail A 192.0.2.1\n\(label) CNAME gone.vendor.example."
    let probe = Question(try Name("\(World.probeLabel).example.com"), .txt)
    let world = World(asking: FailingSource(try World(zone).source, failing: [probe: .timeout]))
    let scorecard = Scorecard(try await world.facts(), rules: Rule.catalog.filter { $0.id == rule })
    #expect(scorecard.results.map(\.outcome) == [.unknown])
  }
}
