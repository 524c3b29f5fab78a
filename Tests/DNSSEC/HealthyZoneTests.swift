import DNSData
import DNSSEC
import Evidence
import SigningTesting
import Testing

@Suite struct HealthyZoneTests {
  let servers: NameServers

  init() throws { servers = try Hierarchy.servers.get() }

  @Test(arguments: Hierarchy.algorithms)
  func `records of every validated algorithm are secure`(label: String) throws {
    for (name, type) in [
      ("www", RecordType.a), ("_25._tcp.www", .tlsa), ("ns", .a), ("any.wild", .txt), ("a.b.wild", .txt),
      ("alias", .a), ("far", .a), ("x.old", .a), ("host.wild", .a),
    ] {
      for manner in [NameServers.Manner.authoritative, .recursive] {
        var servers = servers
        servers.manner = manner
        let validation = try servers.trial("\(name).\(label).example", type).validation
        #expect(validation.security == .secure, "\(name) \(type) \(manner)")
        #expect(validation.records?.count == (name == "alias" || name == "far" || name == "www" ? 2 : 1))
      }
    }
    #expect(try servers.security("\(label).example", .mx) == .secure)
    #expect(try servers.security("\(label).example", .ds) == .secure)
    #expect(try servers.security("\(label).example", .dnskey) == .secure)
  }

  @Test(arguments: Hierarchy.denials + Hierarchy.algorithms)
  func `denials of every kind are secure`(label: String) throws {
    for (name, type, conclusion) in [
      ("nothing", RecordType.a, Validation.Conclusion.noSuchName), ("a.b.nothing", .a, .noSuchName),
      ("www", .txt, .noData), ("empty", .a, .noData), ("any.wild", .a, .noData), ("_tcp.www", .a, .noData),
      ("deep.host.wild", .a, .noSuchName), ("zzz", .mx, .noSuchName), ("lost", .a, .noSuchName),
      ("alias", .txt, .noData), ("nothing.old", .a, .noSuchName),
    ] {
      for manner in [NameServers.Manner.authoritative, .recursive] {
        var servers = servers
        servers.manner = manner
        let validation = try servers.trial("\(name).\(label).example", type).validation
        #expect(validation.security == .secure, "\(name) \(type) \(manner)")
        #expect(validation.conclusion == conclusion, "\(name) \(type) \(manner)")
      }
    }
  }

  @Test func `the chain names every link from the anchor on`() throws {
    let validation = try servers.trial("www.p256.example", .a).validation
    let expected = try [
      Question(.root, .dnskey), Question(Name("example"), .ds), Question(Name("example"), .dnskey),
      Question(Name("p256.example"), .ds), Question(Name("p256.example"), .dnskey),
      Question(Name("www.p256.example"), .a),
    ]
    #expect(validation.chain.map(\.question) == expected)
    #expect(
      try validation.chain.map(\.zone) == [
        .root, .root, Name("example"), Name("example"), Name("p256.example"), Name("p256.example"),
      ])
    #expect(validation.expiration == Timestamp("2026-07-01T00:00:00Z"))
  }

  @Test func `what is signed takes one round when its zone was asked for beside it`() throws {
    let trial = try servers.trial("www.p256.example", .a, beside: "p256.example")
    #expect(trial.validation.security == .secure)
    #expect(trial.rounds == 1)
    #expect(trial.questions == 6)
    #expect(try servers.trial("www.p256.example", .a).rounds == 2)
  }

  @Test func `a zone that was found secure is not asked for again`() throws {
    var validator = Validator(
      anchors: servers.anchors, at: try #require(Timestamp("2026-06-01T00:00:00Z")))
    let zone = try Name("p256.example")
    let known = Dictionary(
      uniqueKeysWithValues: validator.questions(toTrust: zone).map { ($0, servers.answer($0)) })
    let first = Question(try Name("www.p256.example"), .a)
    _ = validator.evaluate(first) { known[$0] ?? ($0 == first ? servers.answer($0) : nil) }
    let second = Question(zone, .mx)
    guard
      case .result(let validation) = validator.evaluate(
        second, answers: { $0 == second ? servers.answer($0) : nil })
    else {
      Issue.record("the keys of the zone were not kept")
      return
    }
    #expect(validation.security == .secure)
    #expect(validation.chain.count == 6)
  }

  @Test func `letter case on the wire changes nothing where names are folded`() throws {
    let shouted = try servers.with("p256.example.") { records in
      records = records.map { record in
        guard record.type == .mx else { return record }
        let letters = record.rdata.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        return WireRecord(record.name, .mx, ttl: record.ttl, rdata: letters)
      }
    }
    #expect(try shouted.security("p256.example", .mx) == .secure)
  }

  @Test func `a wildcard is said to be one`() throws {
    let chain = try servers.trial("any.wild.p256.example", .txt).validation.chain
    let encloser = try Name("wild.p256.example")
    #expect(
      chain.contains {
        if case .wildcard(encloser, _, _) = $0.proof { true } else { false }
      })
    #expect(chain.last?.proof == .denial)
  }
}

extension Validation {
  fileprivate var records: [RecordData]? {
    if case .records(let records) = conclusion { records } else { nil }
  }
}
