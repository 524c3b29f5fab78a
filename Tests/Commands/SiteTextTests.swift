import CAA
import DKIM
import DMARC
import DNSData
import Evidence
import Expectation
import Foundation
import MTASTS
import SPF
import SeededRandom
import TLSRPT
import Testing
import URISyntax

@testable import mailaudit

/// What is written is read back as it was.
@Suite struct SiteTextTests {
  private static let trials = 100

  @Test func `generated sites come back from their text`() async throws {
    let folder = try await KeyFolder.shared.value.path + "/"
    let keys = KeyFiles(folder: folder)
    var generator = SiteGenerator(keys: keys)
    for _ in 0..<Self.trials {
      let site = try generator.site()
      let text = SiteText(
        site: site, notes: [SiteNote(.top, "a\nb: \u{1B}[31m"), SiteNote(.domain(site.domains[0].name), "}")]
      )
      .text
      let back = try ExpectationFile.read(Array(text.utf8), file: "site.yaml", folder: folder)
      #expect(back.withoutLines == site.withoutLines, "\(text)")
    }
  }

  @Test func `the full sample comes back too`() async throws {
    let folder = try await KeyFolder.shared.value.path + "/"
    let site = try ExpectationFile.read(Array(ExpectationSamples.full.utf8), file: "a", folder: folder)
    let text = SiteText(site: site).text
    let back = try ExpectationFile.read(Array(text.utf8), file: "b", folder: folder)
    #expect(back.withoutLines == site.withoutLines, "\(text)")
  }

  @Test func `sites with many domains stay short`() throws {
    var site = ExpectedSite(hosts: [ExpectedHost(try Name("mail.example.com"))])
    for number in 0..<100 {
      var domain = ExpectedDomain(try Name("d\(number).example"), role: .full)
      domain.mx = [ExpectedExchanger(site.hosts[0].name)]
      domain.spf = ExpectedSPF(own: .mx)
      site.domains.append(domain)
    }
    #expect(SiteText(site: site).text.split(separator: "\n").count == 100 + 6)
  }

  @Test(arguments: [
    "yes", "1e3", "a: b", "- a", "#", "&a", "*a", "!t", "\"", "\\", "\u{1B}", "\u{2028}", "ä", "a\nb", "",
    "~", "{}",
  ])
  func `a text stays that text`(text: String) throws {
    let yaml = YAMLText("t")
    let node = try yaml.compose(Array("key: \(YAMLValue.quoted(text))\n".utf8))
    #expect(node.mapping?["key"]?.string == text)
  }
}

extension ExpectedSite {
  fileprivate var withoutLines: ExpectedSite {
    var site = self
    site.waivers = waivers.map {
      Waiver(rule: $0.rule, name: $0.name, reason: $0.reason, end: $0.end, line: 0)
    }
    return site
  }
}

/// Sites as a file could describe them.
private struct SiteGenerator {
  let keys: KeyFiles
  private var random = SeededGenerator()

  init(keys: KeyFiles) { self.keys = keys }

  private mutating func flip() -> Bool { Bool.random(using: &random) }
  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }
  private mutating func some<Value>(_ values: [Value]) -> [Value] { values.filter { _ in flip() } }
  private mutating func ttl() -> UInt32? {
    flip() ? UInt32.random(in: 0...2_147_483_647, using: &random) : nil
  }

  /// Those of one host are no other's: hosts that share one must share their name in HELO.
  private mutating func addresses(_ host: Int) -> [IPAddress] {
    let texts = ["192.0.2.\(host)", "192.0.2.\(host + 99)", "2001:db8::\(host)", "::ffff:192.0.2.\(host)"]
    return some(texts.compactMap { IPAddress($0) })
  }

  mutating func site() throws -> ExpectedSite {
    var site = ExpectedSite()
    for label in ["mail", "mx2", "xn--bcher-kva", "0"] where site.hosts.count < 2 || flip() {
      site.hosts.append(try host(try Name("\(label).example.com"), number: site.hosts.count + 1))
    }
    for label in ["a", "yes", "1e3", "null", "b"] where site.domains.isEmpty || flip() {
      site.domains.append(try domain(try Name("\(label).example"), in: site))
    }
    for exchanger in site.domains.flatMap(\.mx) {
      guard let index = site.hosts.firstIndex(where: { $0.name == exchanger.host }) else { continue }
      if site.hosts[index].services[.smtp] == nil { site.hosts[index].services[.smtp] = .open }
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      site.waivers.append(
        Waiver(
          rule: pick(["spf.syntax", "tls.no-tls13"]),
          name: flip() ? try Name(pick(["example.com", "_a\\032b.example"])) : nil,
          reason: pick(["x", "a: \"b\" # c", "ä\\", "yes", " - "]),
          end: Timestamp(seconds: pick([1_800_057_600, 1_800_000_001])), line: 0))
    }
    return site
  }

  private mutating func host(_ name: Name, number: Int) throws -> ExpectedHost {
    var host = ExpectedHost(name, addresses: addresses(number))
    if flip() { host.helo = try Name("out.example.com") }
    if flip() { host.sendingAddresses = addresses(number) }
    // None at all cannot be told from leaving it out.
    if host.sendingAddresses.isEmpty { host.sendingAddresses = host.addresses }
    for (_, service) in ProbedService.named where flip() { host.services[service] = pick([.open, .closed]) }
    if flip() {
      host.pins.append(ExpectedPin(.current, digest: try keys.digest("rsa.pem", .key), file: "rsa.pem"))
    }
    if flip() {
      host.pins.append(ExpectedPin(.next, digest: try keys.digest("p256.pem", .key), file: "p256.pem"))
    }
    if flip() { host.validation = pick(ACMEValidation.allCases) }
    if flip() { host.webmail = try Name("webmail.example.com") }
    host.ttl = ttl()
    return host
  }

  private mutating func domain(_ name: Name, in site: ExpectedSite) throws -> ExpectedDomain {
    var domain = ExpectedDomain(name, role: pick(ExpectedRole.allCases))
    let hosts = site.hosts.map(\.name)
    if domain.role.receives {
      domain.mx = [ExpectedExchanger(hosts[0], preference: pick([0, 10, 65_535]))]
      if flip() { domain.mx.append(ExpectedExchanger(try Name("mx.example.net"))) }
    }
    if domain.role.sends {
      domain.sendingHosts = some(hosts)
      domain.senders = addresses(0)
    }
    domain.spf = flip() && !domain.role.sends ? nil : spf()
    domain.selectors = try selectors(of: domain)
    domain.dmarc = flip() ? try dmarc() : nil
    if domain.role.allows("mta-sts") {
      if flip() {
        domain.mtasts = ExpectedMTASTS(
          mode: pick(MTASTSMode.allCases), maxAge: pick([0, 86_400]), id: flip() ? "0x1" : nil)
      }
      if flip() {
        domain.tlsrpt = TLSRPTPublication(destinations: [try URI(Array("mailto:t@example.com".utf8))])
      }
    }
    domain.caa = some([
      CAA(flags: 0, tag: Array("issue".utf8), value: Array("letsencrypt.org; validationmethods=dns-01".utf8)),
      CAA(flags: 128, tag: Array("iodef".utf8), value: Array("mailto:a@example.com".utf8)),
    ])
    if domain.role.allows("discovery") {
      domain.discovery = ExpectedDiscovery(
        services: pick(ExpectedDiscovery.Services.allCases), host: flip() ? hosts[0] : nil,
        autoconfig: flip() ? hosts[1] : nil, autodiscover: flip() ? hosts[0] : nil)
    }
    domain.ttl = ttl()
    domain.tolerated = some([
      ToleratedRecord(name, .txt), ToleratedRecord(try Name("*.example"), RecordType(rawValue: 65_280)),
    ])
    return domain
  }

  private mutating func spf() -> ExpectedSPF {
    let terms = SPFRecord(
      "v=spf1 include:_spf.example.net ?a:%{i}.x.example/24 ip6:2001:db8::/32 exp=e.example")?.terms
    return ExpectedSPF(
      own: pick(ExpectedSPF.Own.allCases),
      terms: some((terms ?? []).compactMap { SPFRecord("v=spf1 \($0)")?.terms.first }),
      ending: pick([.fail, .softfail, .neutral]))
  }

  private mutating func selectors(of domain: ExpectedDomain) throws -> [ExpectedSelector] {
    var selectors: [ExpectedSelector] = []
    let since = Timestamp(seconds: pick([1_800_057_600, 1_800_000_001]))
    let active: [ExpectedSelector.State] = [.planned, .published, .signing]
    for label in some(["mail", "yes", "2026", "a.b"]) {
      let state = pick((domain.role.sends ? active : []) + [.retiring(since: since), .retired, .revoked])
      let file = pick(["rsa.pem", "ed25519.pem"])
      let hasKey = flip() && state != .revoked
      selectors.append(
        ExpectedSelector(
          label, state, key: hasKey ? try keys.publication(file, selector: label, domain: domain.name) : nil,
          file: hasKey ? file : nil))
    }
    return selectors
  }

  private mutating func dmarc() throws -> DMARCSettings {
    var settings = DMARCSettings()
    settings.policy = pick(DMARCPolicy.allCases)
    settings.subdomainPolicy = flip() ? .reject : nil
    settings.nonexistentPolicy = flip() ? DMARCPolicy.none : nil
    settings.dkimAlignment = pick([.relaxed, .strict])
    settings.spfAlignment = pick([.relaxed, .strict])
    settings.mode = pick([.enforced, .testing])
    settings.suffix = pick(DMARCSuffixFlag.allCases)
    settings.failureOptions = pick([[.allFail], [.anyFails], [.anyFails, .dkim], [.spf]])
    settings.aggregateReports = try some(["mailto:a@example.com", "mailto:b%2Cc@example.com"]).map {
      try ReportURI(Array($0.utf8))
    }
    settings.failureReports = try some(["mailto:f@example.com"]).map { try ReportURI(Array($0.utf8)) }
    return settings
  }
}
