import AuditTesting
import DNSData
import Rules
import Testing
import Verdict

/// Every look-up of a healthy domain fails in turn. What rests on it is unknown, never failed and never fine; what a
/// zone file does not hold is not tested.
@Suite struct UnknownTests {
  /// Mail leaves from the MX host, whose reverse names lead back by another name.
  private static let healthy = """
    @ MX 10 mail
    @ TXT "v=spf1 mx include:_spf.vendor.example -all"
    _dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
    _mta-sts TXT "v=STSv1; id=1;"
    mta-sts A 192.0.2.80
    mta-sts AAAA 2001:db8::80
    _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
    autodiscover A 192.0.2.1
    @ CAA 0 issue "ca.example"
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    out A 192.0.2.1
    out AAAA 2001:db8::1
    1.2.0.192.in-addr.arpa. PTR out
    1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR out
    s._domainkey TXT "v=DKIM1; k=rsa; p=" \
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA/S9WXn+j6knoD+nBSS5b/F0ZNgMHJMEsjmKVAu0szO9jnnm+X+AI" \
    "EYvZNAmPlkAGNzNQO7at6uDB3v83Xxf9CALGc+QTY1wmnXO2PEEiWDUMKf0G4rUfM1Vo3jqKQ78fzIbArpKI8wqLnRNQwYX1" \
    "kvAJjnVihjz7MJmXyg/juR0/Pv6j2wMFCIZm94IQb2BCD/Wpsq6Sade/EG8gS6Kp2IRe5RUs450wZVcgqSwdNPWht3pK3z6G" \
    "dlZNGfaT844HaGX/DpnfgO7EMs4kR3VvwkEN2BjQ5I3TLDzPm8Fv0dUVRmUb6+C9hl9C7JX/V0S8QYjVuFlJcgbB2tVOPufD" \
    "EQIDAQAB"
    _spf.vendor.example. TXT "v=spf1 ip4:203.0.113.0/28 -all"

    """
  /// A definite fault that no other look-up touches: a selector in use is revoked.
  private static let fault = #"revoked._domainkey TXT "v=DKIM1; p=""#

  struct LookUp: Sendable, CustomTestStringConvertible {
    let name: String
    let type: RecordType
    /// Rules that cannot be judged without this look-up.
    let hidden: [String]
    /// Rules that have nothing to do with it.
    let untouched: [String]

    var testDescription: String { "\(name) \(type)" }
    func question() throws -> Question { Question(try Name(name), type) }
  }

  static let lookUps = [
    LookUp(
      name: "example.com", type: .mx,
      hidden: [
        "dns.no-delegation", "mx.missing", "mx.target-nxdomain", "mx.null-mixed", "mx.dangling",
        "host.a-missing",
        "host.ptr-missing", "spf.missing", "spf.own-host-not-pass", "spf.void-limit", "dmarc.missing",
        "dane.length",
      ],
      untouched: ["spf.syntax", "spf.include-none", "dkim.v-tag", "dmarc.wrong-location"]),
    LookUp(
      name: "example.com", type: .txt,
      hidden: [
        "spf.missing", "spf.multiple", "spf.syntax", "spf.all-pass", "spf.include-none", "spf.lookup-limit",
        "spf.takeover", "spf.own-host-not-pass", "host.ptr-missing", "dmarc.wrong-location",
      ],
      untouched: ["mx.target-nxdomain", "mx.missing", "host.a-missing", "dkim.v-tag", "dmarc.p-invalid"]),
    LookUp(
      name: "mail.example.com", type: .a,
      hidden: ["mx.target-special", "host.a-missing", "host.ptr-missing", "spf.own-host-not-pass"],
      untouched: ["mx.missing", "spf.syntax", "dkim.v-tag", "dmarc.missing"]),
    LookUp(
      name: "mail.example.com", type: .aaaa,
      hidden: ["host.address-special", "host.ptr-missing", "spf.own-host-not-pass"],
      untouched: ["mx.missing", "spf.syntax", "dkim.v-tag", "dmarc.missing"]),
    LookUp(
      name: "1.2.0.192.in-addr.arpa", type: .ptr,
      hidden: ["host.ptr-missing", "host.ptr-not-confirmed", "host.ptr-generic", "host.ptr-cname-classless"],
      untouched: ["host.a-missing", "mx.target-nxdomain", "spf.syntax", "dmarc.missing"]),
    LookUp(
      name: "out.example.com", type: .a, hidden: ["host.ptr-not-confirmed", "host.ptr-multiple"],
      untouched: ["host.a-missing", "mx.target-nxdomain", "spf.syntax", "dmarc.missing"]),
    LookUp(
      name: "_25._tcp.mail.example.com", type: .tlsa,
      hidden: ["dane.length", "dane.all-unusable", "dane.usage-pkix", "dane.no-rollover", "dane.wrong-port"],
      untouched: ["mx.target-nxdomain", "host.a-missing", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "_tcp.mail.example.com", type: .tlsa,
      hidden: ["dane.length", "dane.wrong-port", "dane.wildcard-tlsa"],
      untouched: ["mx.target-nxdomain", "host.a-missing", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "_imaps._tcp.example.com", type: .srv,
      hidden: ["srv.target-unresolved", "srv.target-ip", "srv.target-cname", "srv.dot-mixed"],
      untouched: ["mx.target-nxdomain", "host.a-missing", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "autodiscover.example.com", type: .a, hidden: ["autodiscover.dangling", "autodiscover.missing"],
      untouched: ["mx.target-nxdomain", "host.a-missing", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "s._domainkey.example.com", type: .txt,
      hidden: ["dkim.active-selector-unpublished", "dkim.p-truncated", "dkim.v-tag", "dkim.ed25519-sole"],
      untouched: ["dkim.wildcard", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "\(World.probeLabel)._domainkey.example.com", type: .txt, hidden: ["dkim.wildcard"],
      untouched: ["dkim.active-selector-unpublished", "dkim.v-tag", "dmarc.missing"]),
    LookUp(
      name: "_dmarc.example.com", type: .txt,
      hidden: ["dmarc.missing", "dmarc.multiple", "dmarc.p-invalid", "dmarc.cname", "dmarc.version"],
      untouched: ["dmarc.wrong-location", "spf.missing", "dkim.v-tag"]),
    LookUp(
      name: "_mta-sts.example.com", type: .txt,
      hidden: ["mtasts.missing", "mtasts.record-multiple", "mtasts.record-syntax", "mtasts.host-missing"],
      untouched: ["tlsrpt.syntax", "spf.missing", "dmarc.missing"]),
    LookUp(
      name: "_spf.vendor.example", type: .txt,
      hidden: [
        "spf.include-none", "spf.include-permerror", "spf.include-loop", "spf.lookup-limit", "spf.void-limit",
        "spf.all-pass",
      ],
      untouched: ["spf.syntax", "spf.missing", "host.ptr-missing", "dmarc.missing"]),
  ]

  private static func scorecard(
    _ zone: String, failing failures: [Question: LookupFailure], selectors: [String] = ["s"],
    senders: [String] = []
  ) async throws -> Scorecard {
    let world = World(asking: FailingSource(try World(zone).source, failing: failures))
    return Scorecard(try await world.facts(selectors: selectors, senders: senders), rules: Rule.catalog)
  }

  @Test func `the domain is healthy while everything answers`() async throws {
    let scorecard = try await Self.scorecard(Self.healthy, failing: [:])
    #expect(scorecard.rules(.failed).isEmpty)
    #expect(scorecard.rules(.unknown).isEmpty)
    #expect(scorecard.exitStatus(Limits()) == .fine)
  }

  @Test(arguments: lookUps, [LookupFailure.timeout, .serverFailure, .refused, .malformed("cut off")])
  func `what rests on a failed look-up is unknown, and nothing is failed`(
    _ lookUp: LookUp, _ failure: LookupFailure
  ) async throws {
    let scorecard = try await Self.scorecard(Self.healthy, failing: [try lookUp.question(): failure])
    #expect(scorecard.rules(.failed).isEmpty)
    #expect(scorecard.others(lookUp.hidden, than: .unknown).isEmpty)
    #expect(scorecard.others(lookUp.untouched, than: .passed).isEmpty)
    #expect(scorecard.exitStatus(Limits()) == .unknown)
  }

  /// Rules of lesser weight that rest on a look-up of their own.
  static let lesser = [
    LookUp(
      name: "_tcp.example.com", type: .srv, hidden: ["srv.names-typo"], untouched: ["autodiscover.dangling"]),
    LookUp(
      name: "_smtp._tls.example.com", type: .txt,
      hidden: ["tlsrpt.missing", "tlsrpt.multiple", "tlsrpt.syntax", "tlsrpt.rua-scheme", "tlsrpt.wildcard"],
      untouched: ["mtasts.missing", "mtasts.record-syntax", "spf.missing", "dmarc.missing"]),
    LookUp(name: "example.com", type: .spf, hidden: ["spf.type99"], untouched: ["spf.sender-id"]),
    LookUp(
      name: "_domainkey.example.com", type: .txt, hidden: ["dkim.policy-record"], untouched: ["dkim.rsa-1024"]
    ),
    LookUp(
      name: "mail.example.com", type: .txt, hidden: ["host.helo-spf"], untouched: ["host.ptr-helo-domain"]),
  ]

  @Test(arguments: lesser)
  func `what rests on a failed look-up of little weight is unknown, and the exit status is not`(
    _ lookUp: LookUp
  ) async throws {
    let zone = Self.healthy + "1.2.0.192.in-addr.arpa. PTR mail"
    let scorecard = try await Self.scorecard(zone, failing: [try lookUp.question(): .timeout])
    #expect(scorecard.others(lookUp.hidden, than: .unknown).isEmpty)
    #expect(scorecard.others(lookUp.untouched, than: .passed).isEmpty)
    #expect(scorecard.exitStatus(Limits()) == .fine)
  }

  @Test(arguments: lookUps)
  func `a definite fault elsewhere still fails, and outranks not knowing`(_ lookUp: LookUp) async throws {
    let scorecard = try await Self.scorecard(
      Self.healthy + Self.fault, failing: [try lookUp.question(): .timeout], selectors: ["s", "revoked"])
    #expect(scorecard.rules(.failed) == ["dkim.p-empty"])
    #expect(scorecard.exitStatus(Limits()) == .findings)
  }

  @Test(arguments: lookUps)
  func `what no file holds is not tested, and fails only who demands completeness`(_ lookUp: LookUp)
    async throws
  {
    let scorecard = try await Self.scorecard(Self.healthy, failing: [try lookUp.question(): .notInFiles])
    #expect(scorecard.rules(.failed).isEmpty)
    #expect(scorecard.rules(.unknown).isEmpty)
    #expect(scorecard.others(lookUp.hidden, than: .notTested).isEmpty)
    #expect(scorecard.exitStatus(Limits()) == .fine)
    var limits = Limits()
    limits.requiresCompleteness = .required
    #expect(scorecard.exitStatus(limits) == .unknown)
  }

  // MARK: - Particular look-ups

  @Test func `a sender behind an include that failed is unknown`() async throws {
    let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 include:_spf.vendor.example mx -all"
      mail A 192.0.2.1
      """
    let failing = [Question(try Name("_spf.vendor.example"), .txt): LookupFailure.timeout]
    for senders in [[], ["192.0.2.1"]] {
      let scorecard = try await Self.scorecard(zone, failing: failing, senders: senders)
      #expect(scorecard.rules(.unknown).contains("spf.own-host-not-pass"), "\(senders)")
    }
  }

  @Test func `without an MTA-STS record a failed look-up of TLSA hides whether DANE is there`() async throws {
    let failing = [Question(try Name("_25._tcp.mail.example.com"), .tlsa): LookupFailure.timeout]
    let scorecard = try await Self.scorecard("@ MX 10 mail\nmail A 192.0.2.1", failing: failing)
    #expect(scorecard.rules(.unknown).isSuperset(of: ["mtasts.missing", "tlsrpt.missing"]))
  }

  @Test func `failed look-ups of TLSA for mail programs hide nothing from servers that deliver`() async throws
  {
    let failing = [Question(try Name("_tcp.mail.example.com"), .tlsa): LookupFailure.timeout]
    let scorecard = try await Self.scorecard("@ MX 10 mail\nmail A 192.0.2.1", failing: failing)
    #expect(scorecard.rules(.failed).contains("mtasts.missing"))
    #expect(!scorecard.rules(.unknown).contains("tlsrpt.missing"))
  }

  @Test func `a failed look-up of the registrable domain's policy hides whether it is believed to hold`()
    async throws
  {
    let world = World(
      asking: FailingSource(
        try World("lists MX 10 mail\nmail A 192.0.2.1").source,
        failing: [Question(try Name("_mta-sts.example.com"), .txt): .timeout]))
    let scorecard = Scorecard(try await world.facts(of: "lists.example.com"), rules: Rule.catalog)
    #expect(scorecard.rules(.unknown).contains("mtasts.subdomain"))
    #expect(scorecard.rules(.failed).contains("mtasts.missing"))
  }

  @Test func `a failed look-up of a report host hides whether reports arrive`() async throws {
    let zone = """
      @ MX 10 mail
      mail A 192.0.2.1
      _smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@vendor.example,https://r.vendor.example/"
      vendor.example. MX 10 mx.vendor.example.
      r.vendor.example. A 203.0.113.80
      """
    let sound = try await Self.scorecard(zone, failing: [:])
    #expect(sound.rules(.passed).contains("tlsrpt.rua-undeliverable"))
    let unanswered = try await Self.scorecard(
      zone, failing: [Question(try Name("vendor.example"), .mx): .serverFailure])
    #expect(unanswered.rules(.unknown).contains("tlsrpt.rua-undeliverable"))
    // One family is enough.
    let scorecard = try await Self.scorecard(
      zone, failing: [Question(try Name("r.vendor.example"), .aaaa): .serverFailure])
    #expect(scorecard.rules(.passed).contains("tlsrpt.rua-undeliverable"))
  }

  @Test func `a failed look-up above a policy that was found hides only what stands there`() async throws {
    let scorecard = try await Self.scorecard(
      Self.healthy, failing: [Question(try Name("_dmarc.com"), .txt): .serverFailure])
    #expect(scorecard.rules(.unknown) == ["dmarc.psd-parent"])
    #expect(scorecard.exitStatus(Limits()) == .fine)
  }

  @Test func `without an own policy a failed look-up above hides whether there is one`() async throws {
    let scorecard = try await Self.scorecard(
      "@ MX 10 mail\nmail A 192.0.2.1", failing: [Question(try Name("_dmarc.com"), .txt): .serverFailure])
    #expect(scorecard.rules(.unknown).contains("dmarc.missing"))
  }

  @Test func `CAA that cannot be looked up is not missing, nor known to fail for others`() async throws {
    let zone = Self.healthy.replacing("@ CAA", with: "; CAA")
    for name in ["example.com", "com"] {
      let scorecard = try await Self.scorecard(zone, failing: [Question(try Name(name), .caa): .timeout])
      #expect(
        scorecard.rules(.unknown) == ["caa.lookup-fails", "caa.missing", "caa.syntax", "caa.wildcard-issue"])
      #expect(scorecard.exitStatus(Limits()) == .unknown)
    }
    let offline = try await Self.scorecard(zone, failing: [Question(try Name("com"), .caa): .notInFiles])
    #expect(offline.rules(.failed) == ["caa.missing"])
  }

  @Test func `a registration that cannot be looked up is unknown, and the dead host a fault`() async throws {
    let scorecard = try await Self.scorecard(
      "@ MX 10 mx.gone.example.", failing: [Question(try Name("gone.example"), .soa): .timeout])
    #expect(scorecard.rules(.failed).contains("mx.target-nxdomain"))
    #expect(scorecard.rules(.unknown).contains("mx.dangling"))
  }

  @Test func `a guessed selector that does not answer proves nothing`() async throws {
    let scorecard = try await Self.scorecard(
      Self.healthy, failing: [Question(try Name("default._domainkey.example.com"), .txt): .timeout],
      selectors: [])
    #expect(scorecard.rules(.unknown).isEmpty)
    #expect(scorecard.rules(.notTested).contains("dkim.p-truncated"))
    #expect(scorecard.exitStatus(Limits()) == .fine)
  }

  @Test func `one MX host that does not answer leaves the other's faults standing`() async throws {
    let host = try Name("mail.example.com")
    let scorecard = try await Self.scorecard(
      "@ MX 10 mail\n@ MX 20 old\nmail A 192.0.2.1",
      failing: [Question(host, .a): .timeout, Question(host, .aaaa): .timeout])
    let result = try #require(scorecard.results.first { $0.rule.id == "mx.target-nxdomain" })
    #expect(result.outcome == .failed)
    // The silent host may be well, so that mail is not known to be lost.
    #expect(result.severity == .medium)
  }
}

extension Scorecard {
  func rules(_ outcome: RuleOutcome) -> Set<String> {
    Set(results.filter { $0.outcome == outcome }.map(\.rule.id))
  }

  /// Those of `rules` that came out otherwise.
  fileprivate func others(_ rules: [String], than outcome: RuleOutcome) -> [String] {
    rules.filter { id in results.first { $0.rule.id == id }?.outcome != outcome }
  }
}

@Suite struct PartlyUnknownTests {
  /// Low for one host, critical for another, were it known.
  private static let rule = Rule(
    "mx.test", "A test", about: MXTarget.self, severity: .critical, why: "-", fix: "-", references: [],
    examples: []
  ) { target, _ in
    target.addresses.addresses.isEmpty
      ? [] : [Fault(at: Place(target.host), saidBy: .nobody, severity: .low, "A small thing.")]
  }

  @Test func `a lesser fault does not hide that the rest of the check is unknown`() async throws {
    let zone = "@ MX 10 a\n@ MX 20 b\na A 192.0.2.1\nb A 192.0.2.2"
    let failing = [Question(try Name("b.example.com"), .a): LookupFailure.timeout]
    let world = World(asking: FailingSource(try World(zone).source, failing: failing))
    let scorecard = Scorecard(try await world.facts(), rules: [Self.rule])
    #expect(scorecard.results.map(\.outcome) == [.failed])
    #expect(scorecard.exitStatus(Limits()) == .unknown)
    let known = Scorecard(try await World(zone).facts(), rules: [Self.rule])
    #expect(known.exitStatus(Limits()) == .fine)
  }
}
