import AuditTesting
import ChangePlan
import DNSData
import Evidence
import Expectation
import Rules
import Testing
import Verdict

/// The zone that a site wants, audited with what the site expects; then each of its records removed and altered.
@Suite struct EveryRecordTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let site: ExpectedSite
    let domain: Name
    var testDescription: String { "\(name): \(domain.display)" }
  }

  static let cases = [("SNM", Sites.snm), ("FC", Sites.flyingcircus)].flatMap { name, site in
    site.domains.map { Case(name: name, site: site, domain: $0.name) }
  }

  /// Findings in the zone as wanted, each with the reason for which it is there.
  private static let explained = [
    "mtasts.missing": "the manual of the one site has no MTA-STS",
    "mtasts.subdomain": "bounces of forwarded mail come from servers that have just been spoken to",
    "tlsrpt.missing": "the reports of the domain above tell of the same servers",
  ]

  /// Findings that come with another, and are of other things.
  private static func companions(of other: Record?, in expected: Case) -> Set<String> {
    guard case .mx(let mx) = other?.data, !mx.isNull, expected.site.domain(expected.domain)?.role == .parked
    else { return [] }
    // Once it takes mail, it is asked for what domains with mail have.
    return ["autodiscover.missing", "mtasts.subdomain", "tlsrpt.missing"]
  }

  private func records(_ expected: Case) -> [Record] {
    expected.site.domains.flatMap { expected.site.wanted(for: $0) }.flatMap(\.records).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  private func scorecard(_ expected: Case, _ records: [Record]) async throws -> Scorecard {
    let lines = records.map { "\($0.name) \($0.ttl) \($0.type) \($0.data)" }
    let zone = try World.zoneFile((Self.surroundings + lines).joined(separator: "\n"))
    let facts = try await World([zone]).facts(of: expected.domain.display, expecting: expected.site)
    return Scorecard(facts, rules: Rule.catalog)
  }

  /// Beside the site's own zones.
  private static let surroundings = ["example.net. SOA ns hostmaster 1 3600 3600 3600 300"]

  private func findings(_ scorecard: Scorecard) -> Set<String> {
    Set(
      scorecard.results.filter { $0.outcome == .failed }.flatMap { result in
        result.faults.map { "\(result.rule.id) \($0.place.name) \($0.place.type?.description ?? "")" }
      })
  }

  @Test(arguments: cases)
  func `what is wanted is accepted`(_ expected: Case) async throws {
    let scorecard = try await scorecard(expected, records(expected))
    let unexplained = scorecard.results.filter {
      $0.outcome == .failed && $0.severity > .info && Self.explained[$0.rule.id] == nil
    }
    #expect(unexplained.isEmpty, "\(unexplained.map(\.rule.id))")
    #expect(scorecard.comparisons.allSatisfy { $0.standing == .matches })
    #expect(ZoneChanges(mending: scorecard).changes.isEmpty)
    #expect(scorecard.senders.allSatisfy { $0.result == .pass && $0.match != nil })
  }

  @Test(arguments: cases)
  func `each record that is removed is one finding, and its line mends it`(_ expected: Case) async throws {
    let domain = try #require(expected.site.domain(expected.domain))
    let usual = findings(try await scorecard(expected, records(expected)))
    for set in expected.site.wanted(for: domain) {
      for record in set.records { try await check(expected, set, record, replacedBy: nil, usual) }
    }
  }

  @Test(arguments: cases)
  func `each record that is altered is one finding, and its line mends it`(_ expected: Case) async throws {
    let domain = try #require(expected.site.domain(expected.domain))
    let usual = findings(try await scorecard(expected, records(expected)))
    for set in expected.site.wanted(for: domain) {
      for record in set.records {
        let others = Self.alterations(of: record, set.kind)
        #expect(!others.isEmpty, "\(record) is never altered")
        for other in others { try await check(expected, set, record, replacedBy: other, usual) }
      }
    }
  }

  /// `usual` are the findings in the zone as wanted.
  private func check(
    _ expected: Case, _ set: WantedRecordSet, _ record: Record, replacedBy other: Record?,
    _ usual: Set<String>
  ) async throws {
    let how = "\(record) \(other.map { "altered to \($0.data)" } ?? "removed")"
    let scorecard = try await scorecard(
      expected, records(expected).filter { $0 != record } + [other].compactMap(\.self))
    let companions = Self.companions(of: other, in: expected)
    let found = findings(scorecard).subtracting(usual).filter { finding in
      !companions.contains { finding.hasPrefix($0 + " ") }
    }
    let comparison = try #require(scorecard.comparisons.first { $0.wanted == set })
    let type = comparison.answer.question.type
    #expect(
      found.count == 1 && found.allSatisfy { $0.hasSuffix(" \(set.name) \(type)") },
      "\(how): \(found.sorted())")
    let changes = ZoneChanges(mending: scorecard).changes
    #expect(
      changes.flatMap(\.publish) == [record] && changes.flatMap(\.remove) == [other].compactMap(\.self),
      "\(how): \(changes)")
  }

  /// Each another meaning, none of them another spelling.
  private static func alterations(of record: Record, _ kind: WantedRecordSet.Kind) -> [Record] {
    let host = try? Name("mail.example.com")
    func with(_ data: RecordData) -> Record { Record(record.name, ttl: record.ttl, data) }
    func text(_ text: TXT, _ replacements: [(String, String)]) -> [Record] {
      let old = String(decoding: text.joined, as: UTF8.self)
      return replacements.map { old.replacing($0.0, with: $0.1) }.filter { $0 != old }.map {
        with(.txt(TXT($0)))
      }
    }
    switch record.data {
    case .a: return ["192.0.2.77"].compactMap(IPv4Address.init).map { with(.a($0)) }
    case .aaaa: return ["2001:db8::77"].compactMap(IPv6Address.init).map { with(.aaaa($0)) }
    case .mx(let mx) where !mx.isNull:
      return [
        with(.mx(MX(preference: mx.preference + 5, exchange: mx.exchange))),
        with(.mx(MX(preference: mx.preference, exchange: record.name))),
      ]
    case .mx:
      return [with(.mx(MX(preference: 10, exchange: .root)))]
        + (host.map { [with(.mx(MX(preference: 10, exchange: $0)))] } ?? [])
    case .ptr: return (try? Name("www.example.com")).map { [with(.ptr($0))] } ?? []
    case .srv(let srv) where !srv.isNull:
      return [
        with(.srv(SRV(priority: srv.priority + 1, weight: srv.weight, port: srv.port, target: srv.target))),
        with(.srv(SRV(priority: srv.priority, weight: srv.weight, port: srv.port + 1, target: srv.target))),
      ]
        + ((try? Name("nowhere.example.com")).map { nowhere in
          [with(.srv(SRV(priority: srv.priority, weight: srv.weight, port: srv.port, target: nowhere)))]
        } ?? [])
    case .srv:
      guard case .service(let service) = kind, let host else { return [] }
      return [
        with(.srv(SRV(priority: 10, weight: 1, port: service.registeredPort, target: host))),
        with(.srv(SRV(priority: 20, weight: 0, port: service.registeredPort, target: host))),
      ]
    case .tlsa(let tlsa):
      return [
        with(
          .tlsa(
            TLSA(
              usage: tlsa.usage, selector: tlsa.selector, matchingType: tlsa.matchingType,
              association: Array(repeating: 0xcc, count: 32))))
      ]
    case .caa(let caa):
      return [with(.caa(CAA(flags: caa.flags, tag: caa.tag, value: Array("ca.example.net".utf8))))]
    case .txt(let old):
      return text(
        old,
        [
          ("-all", "~all"), (" mx", ""), (" a ", " "), ("ip4:192.0.2.1", "ip4:192.0.2.77"),
          ("p=reject", "p=quarantine"), ("mailto:", "mailto:other-"), ("V0S8", "V0SG"), ("STSv1", "STSv2"),
        ])
    case .cname: return (try? Name("nowhere.example.com")).map { [with(.cname($0))] } ?? []
    default: return []
    }
  }
}
