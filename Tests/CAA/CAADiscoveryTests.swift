/// Climbing and permission over small zones: `name: flags tag value | …` for records, `name: !` for a look-up that
/// fails.
import CAA
import DNSData
import Testing

@Suite struct CAADiscoveryTests {
  @Test("All names from the asked one to below the root are asked for at once, a wildcard's without its star")
  func questions() throws {
    for name in ["mail.example.com", "*.mail.example.com"] {
      guard case .needs(let questions) = try CAADiscovery.evaluate(name: Name(name), answers: { _ in nil })
      else {
        Issue.record("nothing was asked")
        return
      }
      #expect(
        questions == Set(try ["mail.example.com", "example.com", "com"].map { Question(try Name($0), .caa) }))
    }
  }

  @Test("Nothing beyond the nearest records is asked for")
  func partial() throws {
    let evaluation = try CAADiscovery.evaluate(name: Name("a.example.com")) {
      $0.name.display == "a.example.com" ? answer($0, "0 issue ca.example") : nil
    }
    guard case .result(let discovery) = evaluation else {
      Issue.record("more was asked")
      return
    }
    #expect(discovery.steps.count == 1)
  }

  @Test(
    "The nearest name with records decides (RFC 8659 §3)",
    arguments: [
      (
        "x.y.z.example", ["y.z.example": "0 issue a.example", "z.example": "0 issue b.example"], "y.z.example"
      ),
      ("x.y.z.example", ["example": "0 issue a.example"], "example"), ("z.example", [:], "none"),
      // A property that restricts nothing still ends the climb.
      (
        "y.example", ["y.example": "0 iodef mailto:a@b.example", "example": "0 issue a.example"], "y.example"
      ),
      ("y.example", ["y.example": "!", "example": "0 issue a.example"], "unknown"),
      ("y.example", ["y.example": "0 issue a.example", "example": "!"], "y.example"),
      ("y.example", ["example": "!"], "unknown"),
    ] as [(String, [String: String], String)])
  func climb(name: String, zone: [String: String], expected: String) throws {
    let summary =
      switch try discover(name, zone).relevant {
      case .found(_, let location): location.display
      case .none: "none"
      case .unknown: "unknown"
      }
    #expect(summary == expected)
  }

  @Test("Records at the end of an alias are the name's own")
  func alias() throws {
    let target = try Name("target.example.net")
    let evaluation = try CAADiscovery.evaluate(name: Name("a.example.com")) { question in
      guard question.name.display == "a.example.com" else { return answer(question, nil) }
      let record = Record(
        target, ttl: 60, .caa(CAA(flags: 0, tag: Array("issue".utf8), value: Array(";".utf8))))
      return Answer(
        question, .records([record], aliases: [Record(question.name, ttl: 60, .cname(target))]),
        from: .zoneFile("test"), at: Timestamp(seconds: 0))
    }
    guard case .result(let discovery) = evaluation, case .found(_, let location) = discovery.relevant else {
      Issue.record("nothing was found")
      return
    }
    #expect(location.display == "a.example.com")
  }

  @Test(
    "An authority may issue or not, for hosts, wildcards, mail and marks",
    arguments: [
      ("0 issue ca.example", "allowed allowed unrestricted unrestricted"),
      ("0 issue CA.Example; x=y", "allowed allowed unrestricted unrestricted"),
      ("0 issue other.example", "otherAuthorities otherAuthorities unrestricted unrestricted"),
      ("0 issue other.example | 0 issue ca.example", "allowed allowed unrestricted unrestricted"),
      ("0 issue ;", "nobody nobody unrestricted unrestricted"),
      ("0 issue %%%%%", "nobody nobody unrestricted unrestricted"),
      ("0 issue ; | 0 issue ca.example", "allowed allowed unrestricted unrestricted"),
      ("0 issue ca.example | 0 issuewild ;", "allowed nobody unrestricted unrestricted"),
      (
        "0 issue other.example | 0 issuewild ca.example", "otherAuthorities allowed unrestricted unrestricted"
      ),
      ("0 issuewild ca.example", "unrestricted allowed unrestricted unrestricted"),
      ("0 issuemail ;", "unrestricted unrestricted nobody unrestricted"),
      ("0 issue ; | 0 issuemail ca.example", "nobody nobody allowed unrestricted"),
      ("0 issuevmc other.example", "unrestricted unrestricted unrestricted otherAuthorities"),
      ("0 iodef mailto:a@b.example", "unrestricted unrestricted unrestricted unrestricted"),
      ("0 future x", "unrestricted unrestricted unrestricted unrestricted"),
      (
        "0 issue ca.example | 128 future x",
        "criticalTagUnknown criticalTagUnknown criticalTagUnknown criticalTagUnknown"
      ),
      ("128 issue ca.example", "allowed allowed unrestricted unrestricted"),
      (
        "0 issue ca.example; accounturi=1",
        "conditionsUnsatisfiable conditionsUnsatisfiable unrestricted unrestricted"
      ),
    ])
  func permission(records: String, expected: String) throws {
    let discovery = try discover("a.example", ["a.example": records])
    let authority = try Name("ca.example")
    let summary = CAARequest.allCases.map { request in
      switch discovery.permission(for: authority, to: request) {
      case .unrestricted: "unrestricted"
      case .allowed(let issuers): issuers.allSatisfy { $0.domain == authority } ? "allowed" : "wrong"
      case .forbidden(let refusal): "\(refusal.word)"
      case nil: "unknown"
      }
    }
    #expect(summary.joined(separator: " ") == expected)
  }

  @Test("Without records any authority may issue, and a failure tells nothing")
  func unrestricted() throws {
    let authority = try Name("ca.example")
    #expect(try discover("a.example", [:]).permission(for: authority, to: .host) == .unrestricted)
    #expect(try discover("a.example", ["a.example": "!"]).permission(for: authority, to: .host) == nil)
    for refusal in CAARefusal.allCases { #expect(refusal.description.hasSuffix(".")) }
  }
}

// MARK: - Zones

private func discover(_ name: String, _ zone: [String: String]) throws -> CAADiscovery {
  let evaluation = try CAADiscovery.evaluate(name: Name(name)) { answer($0, zone[$0.name.display]) }
  guard case .result(let discovery) = evaluation else { throw Unanswered() }
  return discovery
}

private struct Unanswered: Error {}

private func answer(_ question: Question, _ text: String?) -> Answer {
  let outcome: Outcome
  switch text {
  case nil: outcome = .noSuchName(aliases: [])
  case "!": outcome = .failure(.serverFailure)
  case let text?:
    let records = text.split(separator: " | ").map { line in
      let fields = line.split(separator: " ", maxSplits: 2).map(String.init)
      return Record(
        question.name, ttl: 60,
        .caa(CAA(flags: UInt8(fields[0]) ?? 0, tag: Array(fields[1].utf8), value: Array(fields[2].utf8))))
    }
    outcome = .records(records, aliases: [])
  }
  return Answer(question, outcome, from: .zoneFile("test"), at: Timestamp(seconds: 0))
}

extension CAARefusal {
  fileprivate var word: String {
    switch self {
    case .criticalTagUnknown: "criticalTagUnknown"
    case .otherAuthorities: "otherAuthorities"
    case .nobody: "nobody"
    case .conditionsUnsatisfiable: "conditionsUnsatisfiable"
    }
  }
}
