import AuditTesting
import DNSData
import Foundation
import Rules
import Testing
import Verdict

/// Zone files with expectations, judged without a network. What a file does not hold does not exist if it has an SOA
/// record for the root, and is not tested otherwise.
@Suite struct ScenarioTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static let scenarios = ZoneFile.readable(in: folder.appending(path: "Zones"))
  static let zoo = ZoneFile.readable(in: folder.deletingLastPathComponent().appending(path: "Lab/Zoo"))
  /// What surrounds the zoo.
  static let internet = ZoneFile.readable(
    in: folder.deletingLastPathComponent().appending(path: "Lab/Internet"))

  struct Case: Sendable, CustomTestStringConvertible {
    let zone: ZoneFile
    let expectation: ZoneExpectation
    var testDescription: String { expectation.description }
  }

  static func cases(in zones: [ZoneFile]) -> [Case] {
    zones.flatMap { zone in
      ((try? ZoneExpectation.all(in: zone)) ?? []).map { Case(zone: zone, expectation: $0) }
    }
  }

  @Test(arguments: ["Zones", "../Lab/Zoo"])
  func `every zone file can be read and expects something`(_ path: String) throws {
    let folder = Self.folder.appending(path: path)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".zone")
    {
      let data = try #require(FileManager.default.contents(atPath: folder.appending(path: name).path))
      let expectations = try ZoneExpectation.all(in: try ZoneFile(name: name, octets: Array(data)))
      #expect(!expectations.isEmpty, "\(name)")
    }
  }

  @Test(arguments: cases(in: scenarios))
  func `a scenario gives its expected findings and no forbidden ones`(_ scenario: Case) async throws {
    let expectation = scenario.expectation
    let facts = try await World([scenario.zone]).facts(
      of: expectation.domain, selectors: expectation.selectors, senders: expectation.senders,
      signed: expectation.assumedSecure)
    let scorecard = Scorecard(facts, rules: Rule.catalog)
    func rules(_ outcome: RuleOutcome) -> Set<String> {
      Set(scorecard.results.filter { $0.outcome == outcome }.map(\.rule.id))
    }
    let failed = rules(.failed)
    for rule in expectation.expected {
      #expect(failed.contains(rule), "\(expectation): expected, failed: \(failed)")
    }
    for rule in expectation.unknown { #expect(rules(.unknown).contains(rule), "\(expectation): \(rule)") }
    for rule in expectation.forbidden {
      if rule == "*" {
        let bad = scorecard.results.filter { $0.outcome == .failed && $0.severity >= .high }.map(\.rule.id)
        #expect(bad.isEmpty, "\(expectation)")
      } else {
        #expect(!failed.contains(rule), "\(expectation): \(rule) is forbidden")
      }
    }
    if let exit = expectation.exit {
      #expect(Int(scorecard.exitStatus(Limits()).rawValue) == exit, "\(expectation)")
    }
  }

  /// Where no server of the Lab has the disease: what shows them is the rule's own examples alone.
  static let shownByExamples: Set<String> = [
    "access.expected-port-closed", "access.imap-version", "access.mech-weak", "autoconfig.hostport",
    "autoconfig.srv-conflict", "autoconfig.starttls-only", "autoconfig.wellknown", "cert.default-snakeoil",
    "caa.lookup-fails", "cert.eku", "dane.ent", "dane.lookup-fails", "dane.nsec3-heavy", "dns.cache-stale",
    "dns.cname-apex", "dns.fragment-prone", "dns.negative-ttl", "dns.ns-cname", "dns.ns-count",
    "dns.ns-ipv4-min",
    "dns.ns-ipv6-min", "dns.ns-same-network", "dns.ns-v4-embedded",
    "dns.qtype-broken", "dns.soa-missing", "dns.soa-rname",
    "dns.soa-timers", "mtasts.dup-fields", "mtasts.max-age",
    "mtasts.mode", "mtasts.mode-none",
    "mtasts.mx-no-starttls",
    "mtasts.mx-none", "mtasts.mx-pattern", "mtasts.mx-tls-old", "mtasts.version",
    "mx.implicit-used", "smtp.auth-on-25", "smtp.banner-delay",
    "smtp.ehlo-rejected", "smtp.ext-8bitmime", "smtp.ext-dangerous", "smtp.ext-pipelining",
    "smtp.ext-size", "smtp.ipv4-ipv6-diff", "smtp.lf-replies", "smtp.partial-down",
    "smtp.starttls-after-tls", "spf.temperror", "srv.dot-but-open", "srv.protocol-mismatch",
    "tls.dh-weak", "tls.no-tls12", "tls.secure-reneg",
  ]

  /// What the operator means no zone file says: such rules are shown by their examples, and by every record of the sites
  /// in `Tests/Expectation`.
  static func needsExpectation(_ rule: Rule) -> Bool {
    rule.examples.allSatisfy { $0.verdict == .passes || $0.site != nil }
  }

  /// No plain zone file holds signatures: such rules are shown by their examples, and in `Tests/Collector` by zones that
  /// real tools signed.
  static func needsSignatures(_ rule: Rule) -> Bool { rule.topic == .dnssec }

  @Test(arguments: Rule.catalog.filter { !needsExpectation($0) && !needsSignatures($0) })
  func `every rule fires in a zoo or scenario domain, and not in its twin`(_ rule: Rule) throws {
    let files = Self.scenarios + Self.zoo
    let firing = try files.filter {
      try ZoneExpectation.all(in: $0).contains { $0.expected.contains(rule.id) }
    }
    guard !Self.shownByExamples.contains(rule.id) else {
      #expect(firing.isEmpty, "\(rule.id) is shown by a zone file: take it off the list")
      #expect(
        rule.examples.contains {
          !$0.servers.isEmpty || !$0.documents.isEmpty || !$0.validations.isEmpty || !$0.nameServers.isEmpty
        }, "\(rule.id)")
      return
    }
    #expect(!firing.isEmpty, "\(rule.id): no zone file expects it")
    let twins = try firing.flatMap(ZoneExpectation.all).filter {
      $0.forbidden.contains(rule.id) || $0.forbidden.contains("*")
    }
    #expect(!twins.isEmpty, "\(rule.id): no twin forbids it")
  }

  @Test(
    arguments: Rule.catalog.filter {
      $0.severity >= .high && !shownByExamples.contains($0.id) && !needsExpectation($0)
        && !needsSignatures($0)
    })
  func `a rule that is high or critical fires in a domain that the Lab serves`(_ rule: Rule) throws {
    let served = try (Self.scenarios + Self.zoo).flatMap(ZoneExpectation.all).filter { !$0.isOffline }
    #expect(served.contains { $0.expected.contains(rule.id) }, "\(rule.id): no zone file expects it")
  }
}
