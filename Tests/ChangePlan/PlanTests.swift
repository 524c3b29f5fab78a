import AuditTesting
import ChangePlan
import DKIM
import DNSData
import Evidence
import Expectation
import MTASTS
import Rules
import Testing
import Verdict

private let base = World.time
private let day: Int64 = 86_400

private func after(_ seconds: Int64) -> Timestamp { Timestamp(seconds: base.seconds + seconds) }

private func plan(
  _ site: ExpectedSite, _ zone: String, served policy: MTASTSPolicy? = nil, at now: Timestamp = base
) async throws -> Plan {
  let domain = try #require(site.domains.first)
  let source = try World(zone).source
  var answers: [Question: Answer] = [:]
  while true {
    let known = answers
    switch Plan.evaluate(domain, of: site, at: now, policy: policy, answers: { known[$0] }) {
    case .result(let plan): return plan
    case .needs(let questions):
      for question in questions { answers[question] = await source.answer(question) }
    }
  }
}

private func site(_ selectors: ExpectedSelector...) throws -> ExpectedSite {
  var domain = ExpectedDomain(try Name("example.com"), role: .full)
  domain.selectors = selectors
  return ExpectedSite(domains: [domain])
}

/// Of a site that goes from its key of 1024 bits at `mail` to one of 2048 at `rsa-2026-11`.
private struct Rotation {
  static let oldRecord = "mail._domainkey TXT \"v=DKIM1; k=rsa; p=\(PlanKey.rsa1024)\""
  static let newRecord =
    "rsa-2026-11._domainkey TXT \"v=DKIM1; k=rsa; p=\(PlanKey.rsa2048.prefix(200))\" \"\(PlanKey.rsa2048.dropFirst(200))\""
  static let new = DKIMKeyPublication(
    key: .rsa(der: Encoding.decodeBase64(Array(PlanKey.rsa2048.utf8)) ?? []))

  let old: ExpectedSelector.State
  let next: ExpectedSelector.State?
  let zone: String

  var site: ExpectedSite {
    get throws {
      var selectors = [ExpectedSelector("mail", old)]
      if let next { selectors.append(ExpectedSelector("rsa-2026-11", next, key: Self.new)) }
      var domain = ExpectedDomain(try Name("example.com"), role: .full)
      domain.selectors = selectors
      return ExpectedSite(domains: [domain])
    }
  }

  /// What the audit says of DKIM.
  func findings(at now: Timestamp) async throws -> [String: String] {
    let mail = "@ MX 10 mx\nmx A 192.0.2.1\n@ TXT \"v=spf1 mx -all\"\n"
    let facts = try await World(mail + zone).facts(expecting: try site, at: now)
    let results = Scorecard(facts, rules: Rule.catalog).results.filter {
      $0.outcome == .failed && $0.rule.id.hasPrefix("dkim.")
    }
    return Dictionary(
      uniqueKeysWithValues: results.map { result in
        (result.rule.id, result.faults.map { "\($0.message.fragments)" }.joined())
      })
  }
}

@Suite struct RotationTests {
  private func steps(_ rotation: Rotation, at now: Timestamp) async throws -> [Plan.Step] {
    try await plan(rotation.site, rotation.zone, at: now).procedures.first?.steps ?? []
  }

  @Test func `a weak key without a successor: make one, and all that follows`() async throws {
    let stage = Rotation(old: .signing, next: nil, zone: Rotation.oldRecord)
    let steps = try await steps(stage, at: base)
    #expect(
      steps.map(\.action) == [
        .makeKey(selector: "rsa-2026-11"), .publishKey(selector: "rsa-2026-11"),
        .startSigning(selector: "rsa-2026-11"), .stopSigning(selector: "mail"), .removeKey(selector: "mail"),
      ])
    #expect(try await stage.findings(at: base).keys.sorted() == ["dkim.rsa-1024"])
  }

  @Test func `planned: publish now, sign once every resolver can know it, remove five days later`()
    async throws
  {
    let stage = Rotation(old: .signing, next: .planned, zone: Rotation.oldRecord)
    let steps = try await steps(stage, at: base)
    #expect(
      steps.map(\.action) == [
        .publishKey(selector: "rsa-2026-11"), .startSigning(selector: "rsa-2026-11"),
        .stopSigning(selector: "mail"), .removeKey(selector: "mail"),
      ])
    #expect(
      steps.map(\.standing) == [
        .due, .waiting(until: after(3600)), .waiting(until: after(3600)),
        .waiting(until: after(3600 + 5 * day)),
      ])
    #expect(steps.map { $0.wait?.seconds } == [nil, 3600, nil, 5 * day])
    #expect(steps[1].wait?.reason == .caches(ttl: 3600, negative: 300))
    #expect(steps[0].publish.map(\.data) == [.txt(TXT(Rotation.new.description))])
    #expect(steps[3].remove.map(\.name.display) == ["mail._domainkey.example.com"])
    let findings = try await stage.findings(at: base)
    #expect(findings.keys.sorted() == ["dkim.rsa-1024"])
    #expect(findings["dkim.rsa-1024"]?.contains("Publish the key of ") == true)
  }

  @Test func `to be published and not there: that is told, and the plan waits for it`() async throws {
    let stage = Rotation(old: .signing, next: .published, zone: Rotation.oldRecord)
    #expect(try await steps(stage, at: base).first?.standing == .due)
    #expect(
      try await stage.findings(at: base).keys.sorted() == [
        "dkim.active-selector-unpublished", "dkim.rsa-1024",
      ])
  }

  @Test func `published and there: sign with it`() async throws {
    let stage = Rotation(
      old: .signing, next: .published, zone: Rotation.oldRecord + "\n" + Rotation.newRecord)
    let steps = try await steps(stage, at: after(3600))
    #expect(
      steps.map(\.standing) == [
        .done, .due, .waiting(until: after(3600)), .waiting(until: after(3600 + 5 * day)),
      ])
    let findings = try await stage.findings(at: after(3600))
    #expect(findings.keys.sorted() == ["dkim.rsa-1024"])
    #expect(findings["dkim.rsa-1024"]?.contains("Let the signer use ") == true)
  }

  @Test func `both sign: stop with the old one`() async throws {
    let stage = Rotation(old: .signing, next: .signing, zone: Rotation.oldRecord + "\n" + Rotation.newRecord)
    let steps = try await steps(stage, at: base)
    #expect(steps.map(\.action) == [.stopSigning(selector: "mail"), .removeKey(selector: "mail")])
    #expect(steps.map(\.standing) == [.due, .waiting(until: after(5 * day))])
    #expect(try await stage.findings(at: base)["dkim.rsa-1024"]?.contains("stop using this one") == true)
  }

  @Test func `retiring: the record stays for five days, whatever the hurry`() async throws {
    let stage = Rotation(
      old: .retiring(since: base), next: .signing, zone: Rotation.oldRecord + "\n" + Rotation.newRecord)
    #expect(
      try await steps(stage, at: after(4 * day)).map(\.standing) == [.done, .waiting(until: after(5 * day))])
    #expect(try await stage.findings(at: after(4 * day)).isEmpty)
    let gone = Rotation(old: .retiring(since: base), next: .signing, zone: Rotation.newRecord)
    let findings = try await gone.findings(at: after(4 * day))
    #expect(findings.keys.sorted() == ["dkim.retired-too-early"])
    #expect(findings.values.first?.contains(after(5 * day).description) == true)
    #expect(try await gone.findings(at: after(5 * day)).isEmpty)
  }

  @Test func `after that it may be removed`() async throws {
    let stage = Rotation(
      old: .retiring(since: base), next: .signing, zone: Rotation.oldRecord + "\n" + Rotation.newRecord)
    #expect(try await steps(stage, at: after(5 * day)).map(\.standing) == [.done, .due])
    #expect(try await stage.findings(at: after(5 * day)).keys.sorted() == ["dkim.retired-lingering"])
  }

  @Test func `retired and gone: nothing is left to do`() async throws {
    let stage = Rotation(old: .retired, next: .signing, zone: Rotation.newRecord)
    #expect(try await steps(stage, at: after(9 * day)).isEmpty)
    #expect(try await stage.findings(at: after(9 * day)).isEmpty)
  }

  @Test func `revoked: an empty key is published`() async throws {
    let stage = Rotation(old: .revoked, next: .signing, zone: Rotation.oldRecord + "\n" + Rotation.newRecord)
    let steps = try await steps(stage, at: base)
    #expect(steps.map(\.action) == [.revokeKey(selector: "mail")])
    #expect(steps.first?.publish.map(\.data) == [.txt(TXT("v=DKIM1; p="))])
    #expect(try await stage.findings(at: base).keys.sorted() == ["dkim.revoked-published"])
  }

  @Test func `a long negative TTL and a long TTL make for long waits`() async throws {
    let zone = """
      $ORIGIN example.com.
      @ 86400 SOA ns hostmaster 1 3600 3600 3600 7200
      mail._domainkey 604800 TXT "v=DKIM1; k=rsa; p=\(PlanKey.rsa1024)"
      """
    let file = try ZoneFile(name: "long", octets: Array(zone.utf8))
    let stage = Rotation(old: .signing, next: .planned, zone: "")
    let source = World([file]).source
    var answers: [Question: Answer] = [:]
    var found: Plan?
    while found == nil {
      let known = answers
      switch Plan.evaluate(
        try stage.site.domains[0], of: try stage.site, at: base, policy: nil, answers: { known[$0] })
      {
      case .result(let plan): found = plan
      case .needs(let questions):
        for question in questions { answers[question] = await source.answer(question) }
      }
    }
    let waits = found?.procedures.first?.steps.compactMap { $0.wait?.seconds }
    #expect(waits == [7200, 7 * day])
  }

  @Test func `Ed25519 does not take the place of RSA`() async throws {
    let ed = DKIMKeyPublication(key: .ed25519([UInt8](repeating: 7, count: 32)))
    let site = try site(ExpectedSelector("mail", .signing), ExpectedSelector("ed", .planned, key: ed))
    let steps = try await plan(site, Rotation.newRecord.replacing("rsa-2026-11", with: "mail")).procedures
      .first?.steps
    #expect(steps?.map(\.action) == [.publishKey(selector: "ed"), .startSigning(selector: "ed")])
  }

  @Test func `no key stops before the one that signs in its place is published`() async throws {
    let site = try site(
      ExpectedSelector("mail", .signing), ExpectedSelector("n", .signing, key: Rotation.new))
    let steps = try #require(try await plan(site, Rotation.oldRecord).procedures.first).steps
    #expect(
      steps.prefix(3).map(\.action) == [
        .publishKey(selector: "n"), .startSigning(selector: "n"), .stopSigning(selector: "mail"),
      ])
    #expect(steps[0].standing == .due && steps[2].standing != .due)
  }

  @Test func `what is left in a resolver's cache is not taken for the TTL`() async throws {
    let zone = try World(Rotation.oldRecord).source
    let site = try site(
      ExpectedSelector("mail", .signing), ExpectedSelector("n", .planned, key: Rotation.new))
    let server = Responder.server(ServerAddress(try #require(IPAddress("192.0.2.53"))))
    var answers: [Question: Answer] = [:]
    var found: Plan?
    while found == nil {
      let known = answers
      switch Plan.evaluate(site.domains[0], of: site, at: base, policy: nil, answers: { known[$0] }) {
      case .result(let plan): found = plan
      case .needs(let questions):
        for question in questions {
          let answer = await zone.answer(question)
          let aged = answer.records.map { Record($0.name, ttl: 5, $0.data) }
          answers[question] =
            aged.isEmpty
            ? Answer(question, answer.outcome, from: server, at: base)
            : Answer(question, .records(aged, aliases: []), from: server, at: base)
        }
      }
    }
    let waits = found?.procedures.first?.steps.compactMap { $0.wait?.seconds }
    #expect(waits == [3600, 5 * day])
    let removal = found?.procedures.first?.steps.last?.wait
    #expect(removal?.reason == .queues(ttl: 86_400))
  }

  @Test func `two new keys take the place of one, which stops once`() async throws {
    let site = try site(
      ExpectedSelector("mail", .signing), ExpectedSelector("a", .planned, key: Rotation.new),
      ExpectedSelector("b", .planned, key: Rotation.new))
    let steps = try await plan(site, Rotation.oldRecord).procedures.first?.steps
    #expect(steps?.map(\.action).suffix(2) == [.stopSigning(selector: "mail"), .removeKey(selector: "mail")])
    #expect(steps?.count == 6)
  }

  @Test func `a retirement with its day ahead is waited for once`() async throws {
    let site = try site(
      ExpectedSelector("mail", .retiring(since: after(day))), ExpectedSelector("n", .signing))
    let zone = Rotation.oldRecord + "\n" + Rotation.newRecord.replacing("rsa-2026-11", with: "n")
    let steps = try await plan(site, zone).procedures.first?.steps
    #expect(steps?.map(\.standing) == [.waiting(until: after(day)), .waiting(until: after(6 * day))])
  }

  @Test func `a look-up that failed leaves its part out and says so`() async throws {
    let site = try site(ExpectedSelector("mail", .signing))
    let plan = Plan.evaluate(site.domains[0], of: site, at: base, policy: nil) { question in
      Answer(question, .failure(.timeout), from: .nobody, at: base)
    }
    guard case .result(let plan) = plan else {
      Issue.record("it asks on")
      return
    }
    #expect(plan.procedures.isEmpty && !plan.failures.isEmpty)
  }
}

@Suite struct OtherPlanTests {
  @Test func `a TLSA rollover: beside the current pin, two TTLs, the certificate, then the old one goes`()
    async throws
  {
    let name = try Name("mail.example.com")
    var host = ExpectedHost(name)
    let (current, next) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
    host.pins = [
      ExpectedPin(.current, digest: current, file: "a.pem"), ExpectedPin(.next, digest: next, file: "b.pem"),
    ]
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(name)]
    let site = ExpectedSite(hosts: [host], domains: [domain])
    let old = "_25._tcp.mail 1800 TLSA 3 1 1 \(String(repeating: "01", count: 32))"
    let steps = try #require(try await plan(site, old).procedures.first).steps
    #expect(
      steps.map(\.action) == [.publishPin(file: "b.pem"), .deployCertificate(file: "b.pem"), .removePins])
    #expect(steps.map(\.standing) == [.due, .waiting(until: after(3600)), .waiting(until: after(3600))])
    #expect(steps[0].publish.map(\.data) == [.tlsa(host.pins[1].record)])
    #expect(steps[2].remove.map(\.data) == [.tlsa(host.pins[0].record)])
    host.services = [.imaps: .open]
    let wider = ExpectedSite(hosts: [host], domains: [domain])
    // At 993 the next key is not there yet.
    let half = old + "\n_25._tcp.mail 1800 TLSA 3 1 1 \(String(repeating: "02", count: 32))"
    let still = try #require(try await plan(wider, half).procedures.first).steps
    #expect(still.map(\.standing).prefix(2) == [.due, .waiting(until: after(7200))])
    #expect(Set(still[0].publish.map(\.name)) == [try Name("_993._tcp.mail.example.com")])
    let both = old + "\n_25._tcp.mail 1800 TLSA 3 1 1 \(String(repeating: "02", count: 32))"
    let later = try #require(try await plan(site, both).procedures.first).steps
    #expect(later.map(\.standing) == [.done, .due, .waiting(until: base)])
  }

  @Test func `new MX hosts under MTA-STS: first the policy with both, then the records`() async throws {
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(try Name("new.example.com"))]
    domain.mtasts = ExpectedMTASTS(mode: .enforce, maxAge: 604_800)
    let zone = "@ 1800 MX 10 old\n_mta-sts 300 TXT \"v=STSv1; id=1;\""
    let steps = try #require(try await plan(ExpectedSite(domains: [domain]), zone).procedures.first).steps
    let (old, new) = (try Name("old.example.com"), try Name("new.example.com"))
    #expect(
      steps.map(\.action) == [
        .publishPolicy(hosts: [old, new]), .changeExchangers, .publishPolicy(hosts: [new]),
      ])
    #expect(steps.map { $0.wait?.seconds } == [nil, day + 300, 1800])
    #expect(steps[0].publish.map(\.data) == [.txt(TXT("v=STSv1; id=20261121T040506Z;"))])
    #expect(steps[1].remove.count == 1 && steps[1].publish.count == 1)
    domain.mtasts?.id = "1"
    // That id may be the one that was there before: it tells neither what the policy says, nor since when.
    let later = try #require(try await plan(ExpectedSite(domains: [domain]), zone).procedures.first).steps
    #expect(later.prefix(2).map(\.standing) == [.due, .waiting(until: after(day + 300))])
    domain.mtasts?.maxAge = 0
    let short = try #require(try await plan(ExpectedSite(domains: [domain]), zone).procedures.first).steps
    #expect(short[1].wait?.seconds == day + 300)
    domain.mtasts = nil
    #expect(try await plan(ExpectedSite(domains: [domain]), zone).procedures.isEmpty)
  }

  private func policy(_ mode: String, mx hosts: [String], maxAge: Int) -> MTASTSPolicy {
    let lines = ["version: STSv1", "mode: \(mode)"] + hosts.map { "mx: \($0)" } + ["max_age: \(maxAge)"]
    return MTASTSPolicy(Array(lines.map { $0 + "\r\n" }.joined().utf8))
  }

  @Test func `the policy that is served says how long senders hold it, and what is done already`()
    async throws
  {
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(try Name("new.example.com"))]
    domain.mtasts = ExpectedMTASTS(mode: .enforce, maxAge: 604_800)
    let site = ExpectedSite(domains: [domain])
    let zone = "@ 1800 MX 10 old\n_mta-sts 300 TXT \"v=STSv1; id=1;\""
    let before = policy("enforce", mx: ["old.example.com"], maxAge: 3600)
    let steps = try #require(try await plan(site, zone, served: before).procedures.first).steps
    #expect(steps[1].wait?.seconds == 3900 && steps[1].wait?.reason == .policies(ttl: 300, maxAge: 3600))
    let both = policy("enforce", mx: ["*.example.com"], maxAge: 1_000_000)
    let later = try #require(try await plan(site, zone, served: both).procedures.first).steps
    #expect(later.map(\.standing) == [.done, .due, .waiting(until: after(1800))])
    #expect(later[1].wait?.seconds == day + 300)
    #expect(later[1].wait?.reason == .policies(ttl: 300, maxAge: 1_000_000))
    #expect(later[0].publish.isEmpty && later[0].remove.isEmpty)
    let none = policy("none", mx: [], maxAge: 1_000_000)
    #expect(try await plan(site, zone, served: none).procedures.isEmpty)
  }

  @Test func `MTA-STS goes by a policy in mode none, once nobody holds the old one`() async throws {
    var domain = ExpectedDomain(try Name("example.com"), role: .full)
    domain.mx = [ExpectedExchanger(try Name("mail.example.com"))]
    domain.mtasts = ExpectedMTASTS(mode: .none, maxAge: 604_800)
    let site = ExpectedSite(domains: [domain])
    let zone = "@ MX 10 mail\n_mta-sts 300 TXT \"v=STSv1; id=1;\"\nmta-sts CNAME mail\nmail A 192.0.2.1"
    let before = policy("enforce", mx: ["mail.example.com"], maxAge: 2_592_000)
    let steps = try #require(try await plan(site, zone, served: before).procedures.first).steps
    #expect(steps.map(\.action) == [.withdrawPolicy, .removePolicy])
    #expect(steps.map(\.standing) == [.due, .waiting(until: after(2_592_000))])
    #expect(steps[0].publish.map(\.data) == [.txt(TXT("v=STSv1; id=20261121T040506Z;"))])
    #expect(steps[1].wait?.reason == .expiry(maxAge: 2_592_000))
    #expect(steps[1].remove.map(\.name.display) == ["_mta-sts.example.com", "mta-sts.example.com"])
    // What the file says counts where nobody knows better.
    let unknown = try #require(try await plan(site, zone).procedures.first).steps
    #expect(unknown[1].standing == .waiting(until: after(604_800)))
    let none = policy("none", mx: [], maxAge: 86_400)
    let withdrawn = try #require(try await plan(site, zone, served: none).procedures.first).steps
    #expect(withdrawn.map(\.standing) == [.done, .due])
    #expect(withdrawn[1].wait?.seconds == 604_800)
    #expect(try await plan(site, "@ MX 10 mail\nmail A 192.0.2.1").procedures.isEmpty)
  }
}
