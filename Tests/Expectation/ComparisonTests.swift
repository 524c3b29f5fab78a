import AuditTesting
import ChangePlan
import DNSData
import Evidence
import Expectation
import Rules
import Testing
import Verdict

@Suite struct ComparisonTests {
  private static let zone = """
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    1.2.0.192.in-addr.arpa. PTR mail

    """

  private func scorecard(_ zone: String, _ site: ExpectedSite = Sites.snm) async throws -> Scorecard {
    Scorecard(try await World(zone).facts(expecting: site), rules: Rule.catalog)
  }

  private func outcome(_ rule: String, _ scorecard: Scorecard) -> RuleOutcome? {
    scorecard.results.first { $0.rule.id == rule }?.outcome
  }

  @Test func `a look-up that fails is unknown and never missing`() async throws {
    let question = Question(try Name("_dmarc.example.com"), .txt)
    let world = World(
      asking: FailingSource(try World(Self.zone).source, failing: [question: .serverFailure]))
    let scorecard = Scorecard(try await world.facts(expecting: Sites.snm), rules: Rule.catalog)
    #expect(outcome("dmarc.differs", scorecard) == .unknown)
    #expect(!ZoneChanges(mending: scorecard).changes.contains { $0.name == question.name })
  }

  @Test func `foreign terms of a live record are kept, own ones that nobody expects go with a note`()
    async throws
  {
    let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 a ip4:192.0.2.99 include:_spf.vendor.example ~all"
      mail A 192.0.2.1
      mail AAAA 2001:db8::1
      _spf.vendor.example. TXT "v=spf1 ip4:198.51.100.7 -all"
      """
    let scorecard = try await scorecard(zone)
    let changes = ZoneChanges(mending: scorecard).changes
    let change = try #require(changes.first { $0.name.display == "example.com" && $0.type == .txt })
    #expect(change.publish.map(\.data) == [.txt(TXT("v=spf1 mx include:_spf.vendor.example -all"))])
    #expect(change.remove.count == 1)
    #expect(change.notes.contains { $0.contains("ip4:192.0.2.99") })
  }

  @Test func `an SPF record that nobody can follow to its end is unknown, and not replaced`() async throws {
    let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 a:mail.vendor.example -all"
      mail A 192.0.2.1
      mail AAAA 2001:db8::1
      mail TXT "v=spf1 a -all"
      """
    let failing = [
      Question(try Name("mail.vendor.example"), .a): LookupFailure.timeout,
      Question(try Name("mail.vendor.example"), .aaaa): .timeout,
    ]
    let world = World(asking: FailingSource(try World(zone).source, failing: failing))
    let scorecard = Scorecard(try await world.facts(expecting: Sites.snm), rules: Rule.catalog)
    #expect(outcome("spf.differs", scorecard) == .unknown)
  }

  @Test func `what is not known of a site is proposed to nobody`() async throws {
    var site = Sites.snm
    for index in site.hosts.indices {
      site.hosts[index].addresses = []
      site.hosts[index].sendingAddresses = []
    }
    for index in site.domains.indices where site.domains[index].role.sends {
      site.domains[index].spf = ExpectedSPF(own: .addresses)
    }
    let changes = ZoneChanges(mending: try await scorecard(Self.zone, site)).changes
    #expect(!changes.flatMap(\.remove).contains { [.a, .aaaa, .ptr].contains($0.type) })
    #expect(!changes.flatMap(\.publish).contains { $0.data == .txt(TXT("v=spf1 -all")) })
  }

  @Test func `hosts that share a name in HELO share its addresses`() throws {
    var site = ExpectedSite()
    for (name, address) in [("a", "192.0.2.1"), ("b", "192.0.2.2")] {
      var host = ExpectedHost(
        try Name("\(name).example.com"), addresses: [address].compactMap(IPAddress.init))
      host.helo = try Name("out.example.com")
      site.hosts.append(host)
    }
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = site.hosts.map { ExpectedExchanger($0.name) }
    site.domains = [domain]
    let sets = site.wanted(for: domain).filter { $0.name.display == "out.example.com" && $0.type == .a }
    #expect(sets.count == 1 && sets.first?.records.count == 2)
  }

  @Test func `the wanted records replace what other rules would propose`() async throws {
    let changes = ZoneChanges(mending: try await scorecard(Self.zone)).changes
    let dmarc = try #require(changes.first { $0.name.display == "_dmarc.example.com" })
    #expect(
      dmarc.publish.map(\.data) == [
        .txt(TXT("v=DMARC1; p=reject; np=reject; rua=mailto:dmarc@example.com"))
      ])
    #expect(dmarc.reasons.contains("dmarc.missing"))
  }

  @Test func `a missing record is one finding, of the rule that knows best`() async throws {
    let scorecard = try await scorecard("@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1")
    #expect(outcome("spf.missing", scorecard) == .failed)
    #expect(
      outcome("spf.differs", scorecard) != .failed
        || !scorecard.results.contains { result in
          result.rule.id == "spf.differs" && result.faults.contains { $0.place.name.display == "example.com" }
        })
    #expect(outcome("dmarc.missing", scorecard) == .failed)
    #expect(outcome("dmarc.differs", scorecard) == .notApplicable)
  }

  @Test func `tolerated records are not extra`() async throws {
    var site = Sites.snm
    let zone = Self.zone + "@ CAA 0 issue \"letsencrypt.org\"\n@ CAA 0 issue \"ca.example.net\""
    #expect(outcome("caa.differs", try await scorecard(zone, site)) == .failed)
    site.domains[0].tolerated = [ToleratedRecord(try Name("example.com"), .caa)]
    #expect(outcome("caa.differs", try await scorecard(zone, site)) == .passed)
  }

  @Test func `senders are judged one by one, under every name`() async throws {
    let senders = try await scorecard(
      Self.zone + "mail TXT \"v=spf1 ip4:192.0.2.1 -all\"\nsrs TXT \"v=spf1 mx -all\"\nsrs MX 10 mail"
    ).senders
    let shown = senders.map { "\($0.identity.display) \($0.address) \($0.result?.rawValue ?? "unknown")" }
    #expect(
      shown == [
        "example.com 192.0.2.1 pass", "example.com 2001:db8::1 pass", "mail.example.com 192.0.2.1 pass",
        "mail.example.com 2001:db8::1 fail", "srs.example.com 192.0.2.1 pass",
        "srs.example.com 2001:db8::1 pass",
      ])
    #expect(senders.first.flatMap(\.match).map { "\($0.term)" } == "mx")
  }

  @Test func `a waiver that stands takes a finding out of score and exit status, and shows it`() async throws
  {
    var site = Sites.snm
    let before = try await scorecard(Self.zone, site)
    let name = try Name("example.com")
    site.waivers = [
      Waiver(
        rule: "dmarc.missing", name: name, reason: "later", end: try #require(Timestamp("2099-01-01")),
        line: 3)
    ]
    let after = try await scorecard(Self.zone, site)
    #expect(outcome("dmarc.missing", before) == .failed)
    #expect(outcome("dmarc.missing", after) == .waived)
    let result = try #require(after.results.first { $0.rule.id == "dmarc.missing" })
    #expect(result.faults.isEmpty && result.waived.map(\.waiver.reason) == ["later"])
    #expect(try #require(after.score.value) >= (try #require(before.score.value)))
    site.waivers = [
      Waiver(
        rule: "dmarc.missing", name: name, reason: "later", end: try #require(Timestamp("2020-01-01")),
        line: 3)
    ]
    let ended = try await scorecard(Self.zone, site)
    #expect(outcome("dmarc.missing", ended) == .failed)
    #expect(outcome("config.waiver-expired", ended) == .failed)
  }
}
