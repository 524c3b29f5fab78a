import AuditTesting
import DNSData
import Evidence
import Expectation
import Rules
import Testing
import Verdict

/// What proposed zones make of a domain: what is worse, what is better, and what nobody knows.
@Suite struct ImpactTests {
  private static let mail = """
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    _dmarc TXT "v=DMARC1; p=none"
    mail A 192.0.2.1
    1.2.0.192.in-addr.arpa. PTR mail

    """

  /// A zone, and what of it cannot be looked up.
  private struct Given {
    var zone = ImpactTests.mail
    var failing: [(name: String, type: RecordType)] = []
    var documents: [ExampleDocument] = []
    var probing = Probing.none
  }

  private func impact(
    _ before: Given, _ after: Given, senders: [String] = [], rules: [Rule] = Rule.catalog,
    waivers: [Waiver] = []
  ) async throws -> Impact {
    func facts(_ given: Given) async throws -> Facts {
      var failures: [Question: LookupFailure] = [:]
      for (name, type) in given.failing { failures[Question(try Name(name), type)] = .timeout }
      let world = World(asking: FailingSource(try World(given.zone).source, failing: failures))
      let site = waivers.isEmpty ? nil : ExpectedSite(waivers: waivers)
      return Facts(
        try await world.snapshot(
          senders: senders, probing: given.probing, servers: GivenServers([], given.documents),
          expecting: site), expecting: site)
    }
    let (current, proposed) = (try await facts(before), try await facts(after))
    func world(_ facts: Facts) -> Impact.World {
      let verdicts = Impact.senders(current, proposed).compactMap { address in
        facts.spfVerdict(for: address).map { (address, $0) }
      }
      return Impact.World(
        facts, Scorecard(facts, rules: rules),
        spf: Dictionary(verdicts, uniquingKeysWith: { first, _ in first }))
    }
    return Impact(from: world(current), to: world(proposed))
  }

  // MARK: - What nobody knows

  private static func included(_ address: String) -> String {
    mail.replacing("v=spf1 mx", with: "v=spf1 mx include:slow.example.net") + "www A \(address)\n"
  }

  @Test func `a look-up that fails in both worlds matters only to what changes`() async throws {
    let before = Given(zone: Self.included("192.0.2.8"), failing: [("slow.example.net", .txt)])
    var after = Given(zone: Self.included("192.0.2.9"), failing: before.failing)
    #expect(try await impact(before, after).exitStatus(failOn: .high) == .fine)
    after.zone = after.zone.replacing("v=spf1 mx", with: "v=spf1 a mx")
    let impact = try await impact(before, after)
    #expect(impact.exitStatus(failOn: .high) == .unknown)
    #expect(impact.untold.allSatisfy { [.spf, .srs, .misc, .config].contains($0.rule.topic) })
  }

  @Test func `a fault that cannot be seen any more is not mended`() async throws {
    let zone = Self.mail.replacing("v=spf1 mx", with: "v=spf1 mx include:gone.example.net")
    let before = Given(zone: zone)
    let after = Given(zone: zone, failing: [("gone.example.net", .txt)])
    let impact = try await impact(before, after)
    #expect(impact.better.isEmpty && impact.worse.isEmpty)
    let untold = try #require(impact.untold.first { $0.rule.id == "spf.include-none" })
    #expect(untold.faults.count == 1)
    #expect(impact.exitStatus(failOn: .high) == .unknown)
  }

  @Test func `a fault where nothing could be seen before is not new`() async throws {
    let bare = Self.mail.replacing("_dmarc TXT \"v=DMARC1; p=none\"\n", with: "")
    let before = Given(failing: [("_dmarc.example.com", .txt)])
    let impact = try await impact(before, Given(zone: bare))
    #expect(!impact.worse.contains { $0.rule.id == "dmarc.missing" })
    #expect(impact.untold.contains { $0.rule.id == "dmarc.missing" && $0.faults.count == 1 })
    let known = try await self.impact(Given(), Given(zone: bare))
    #expect(known.worse.contains { $0.rule.id == "dmarc.missing" })
    #expect(known.exitStatus(failOn: .high) == .findings)
  }

  @Test func `a look-up that fails in the world as it would be alone leaves the change open`() async throws {
    let after = Given(failing: [("example.com", .txt)])
    let impact = try await impact(Given(), after, senders: ["192.0.2.1"])
    #expect(impact.exitStatus(failOn: .high) == .unknown)
    #expect(!impact.consequences.contains { $0.kind.effect == .loss })
  }

  // MARK: - What is lost

  @Test func `a sender that loses SPF pass is a loss in spite of another that stays as bad`() async throws {
    func given(_ address: String) -> Given {
      Given(zone: Self.mail.replacing("v=spf1 mx", with: "v=spf1 ip4:\(address)"))
    }
    let senders = ["192.0.2.7", "192.0.2.8"]
    let impact = try await impact(given("192.0.2.7"), given("192.0.2.8"), senders: senders)
    let lost = impact.losses.map(\.kind)
    #expect(
      lost == [
        .senderLosesPass(try #require(IPAddress("192.0.2.7")), identity: try Name("example.com"), .fail)
      ])
    #expect(impact.consequences.count == 2)
    #expect(impact.exitStatus(failOn: .critical) == .findings)
  }

  @Test func `a sending host that gets an address which SPF does not pass is a loss`() async throws {
    let before = Given(zone: Self.mail.replacing("v=spf1 mx", with: "v=spf1 ip4:192.0.2.1"))
    let after = Given(zone: before.zone.replacing("mail A 192.0.2.1", with: "mail A 192.0.2.2"))
    let impact = try await impact(before, after)
    #expect(
      impact.losses.map(\.kind)
        == [
          .newAddressWithoutPass(
            try #require(IPAddress("192.0.2.2")), host: try Name("mail.example.com"), .fail)
        ])
    #expect(impact.exitStatus(failOn: .high) == .findings)
  }

  @Test func `what a profile switches off, or a waiver covers, weighs nothing as a consequence too`()
    async throws
  {
    let after = Given(zone: Self.mail.replacing("v=spf1 mx", with: "v=spf1 ip4:192.0.2.9"))
    let rule = "spf.own-host-not-pass"
    let waiver = Waiver(
      rule: rule, name: nil, reason: "test", end: Timestamp(seconds: World.time.seconds + 1), line: 1)
    let severities = [
      try await impact(Given(), after, senders: ["192.0.2.1"]),
      try await impact(
        Given(), after, senders: ["192.0.2.1"], rules: Rule.catalog.filter { $0.id != rule }),
      try await impact(Given(), after, senders: ["192.0.2.1"], waivers: [waiver]),
    ].map { $0.losses.map(\.severity) }
    #expect(severities == [[.critical], [.info], [.info]])
  }

  private static let key =
    "k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvBb/T7hlYEksgJ4cUq6OPqIZJ0uKGiC5folxFRUTEgWey8Uvy1iBWx5yS0i1kcgG\" "
    + "\"L0XdkgzgD5TnonE1H7u6ZkNLCqKl4DMKi+JlrhlblYEuCXqHtAlXbta3iJbqIDPxmqFz8m3HScAHtJs4QDvCWgvsxLKpzyeluMa6C1iJTu8R\" "
    + "\"vcZNeAtxTCWw2iCOKWatMHOLwnQZAVASFOtSjsvnJ90hWTWCDiiYW0ziDiVB9DRgc6aJ72MhuiiAKJmHBIEw5aV+CuZzWeLLQHpeOPiYySRm\" "
    + "\"Z73BUpjmCd/Ys0M8g06pj8s4IP1O5FV40iCF/Cfzo9KY6MXfq4qKGK4tuHv2QwIDAQAB"

  @Test func `a guessed key that goes weighs more where none is left; another key in its place is told`()
    async throws
  {
    func record(_ selector: String, _ key: String = Self.key) -> String {
      "\(selector)._domainkey TXT \"v=DKIM1; \(key)\"\n"
    }
    let two = Given(zone: Self.mail + record("mail") + record("default"))
    let one = Given(zone: Self.mail + record("default"))
    let other = Given(
      zone: Self.mail + record("default", "k=ed25519; p=t2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs="))
    let rotated = try await impact(two, one).losses
    #expect(rotated.map(\.kind) == [.selectorWithdrawn(label: "mail", .guessed, left: 1)])
    #expect(rotated.map(\.severity) == [.medium])
    let lost = try await impact(one, Given()).losses
    #expect(lost.map(\.kind) == [.selectorWithdrawn(label: "default", .guessed, left: 0)])
    #expect(lost.map(\.severity) == [.high])
    let replaced = try await impact(one, other).losses
    #expect(replaced.map(\.kind) == [.keyReplaced(label: "default", .guessed)])
    #expect(try await impact(one, two).losses.isEmpty)
  }

  // MARK: - MTA-STS

  @Test(arguments: [("enforce", Severity.critical), ("testing", .medium)])
  func `a new MX host is outside the policy that senders keep, whatever becomes of the record`(
    mode: String, severity: Severity
  ) async throws {
    let policy = ExampleDocument(
      "https://mta-sts.example.com/.well-known/mta-sts.txt",
      "version: STSv1\r\nmode: \(mode)\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")
    let before = Given(
      zone: Self.mail + "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 203.0.113.1\n", documents: [policy],
      probing: .usual(only: nil))
    let after = Given(
      zone: Self.mail + "@ MX 20 mx2\nmx2 A 192.0.2.2\n", probing: .usual(only: nil))
    let losses = try await impact(before, after, senders: ["192.0.2.1"]).losses
    let mode = try #require(Consequence.PolicyMode(rawValue: mode))
    let until = Timestamp(seconds: World.time.seconds + 604_800)
    #expect(
      losses.map(\.kind) == [.exchangerOutsidePolicy(try Name("mx2.example.com"), until: until, mode)])
    #expect(losses.map(\.severity) == [severity])
  }
}
