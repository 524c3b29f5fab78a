/// The tree walk over small zones: `name: record` for a record, `name: !` for a look-up that fails.
import DNSData
import Testing

@testable import DMARC

@Suite struct DMARCDiscoveryTests {
  private static let plain = "v=DMARC1; p=none"

  @Test(
    "A walk asks for the domain and at most seven ancestors, all at once",
    arguments: [
      ("example.com", ["example.com", "com"]), ("com", ["com"]),
      (
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        [
          "a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com", "h.i.j.mail.example.com",
          "i.j.mail.example.com", "j.mail.example.com", "mail.example.com", "example.com", "com",
        ]
      ),
      (
        "a.b.c.d.e.f.g.com",
        [
          "a.b.c.d.e.f.g.com", "b.c.d.e.f.g.com", "c.d.e.f.g.com", "d.e.f.g.com", "e.f.g.com", "f.g.com",
          "g.com", "com",
        ]
      ),
      (
        "1.a.b.c.d.e.f.g.com",
        [
          "1.a.b.c.d.e.f.g.com", "b.c.d.e.f.g.com", "c.d.e.f.g.com", "d.e.f.g.com", "e.f.g.com", "f.g.com",
          "g.com", "com",
        ]
      ),
    ])
  func questions(domain: String, targets: [String]) throws {
    #expect(try DMARCTreeWalk.targets(from: Name(domain)) == targets.map { try Name($0) })
    guard
      case .needs(let questions) = try DMARCDiscovery.evaluate(domain: Name(domain), answers: { _ in nil })
    else {
      Issue.record("nothing was asked")
      return
    }
    #expect(try questions == Set(targets.map { try Question(Name("_dmarc." + $0), .txt) }))
  }

  @Test(
    "Policy and organisation of the RFC's examples, and of others",
    arguments: [
      // RFC 9989 appendix B.4.1 and B.4.2
      ("example.com", ["example.com": plain], "example.com", "authorDomain example.com"),
      (
        "signing.example.com", ["example.com": plain, "signing.example.com": plain], "example.com",
        "authorDomain signing.example.com"
      ),
      (
        "a.b.c.d.e.f.g.h.i.j.k.example.com", ["example.com": plain], "example.com",
        "organizationalDomain example.com"
      ),
      // Appendix B.4.3
      (
        "giant.bank.example", ["giant.bank.example": plain, "bank.example": plain + "; psd=y"],
        "giant.bank.example", "authorDomain giant.bank.example"
      ),
      (
        "mail.giant.bank.example", ["giant.bank.example": plain, "bank.example": plain + "; psd=y"],
        "giant.bank.example", "organizationalDomain giant.bank.example"
      ),
      (
        "mail.mega.bank.example", ["bank.example": plain + "; psd=y", "example": plain], "mega.bank.example",
        "publicSuffixDomain bank.example"
      ),
      (
        "mega.bank.example", ["bank.example": plain + "; psd=y"], "mega.bank.example",
        "publicSuffixDomain bank.example"
      ),
      // §4.10.2
      (
        "a.mail.example.com", ["mail.example.com": plain, "example.com": plain], "example.com",
        "organizationalDomain example.com"
      ),
      (
        "a.mail.example.com", ["mail.example.com": plain + "; psd=n", "example.com": plain],
        "mail.example.com", "organizationalDomain mail.example.com"
      ),
      ("a.mail.example.com", ["com": plain + "; psd=y"], "example.com", "publicSuffixDomain com"),
      // A record between organisation and author says nothing.
      (
        "x.mail.giant.bank.example", ["mail.giant.bank.example": plain, "bank.example": plain + "; psd=y"],
        "giant.bank.example", "publicSuffixDomain bank.example"
      ),
      // psd=y at the start is no suffix of itself.
      (
        "bank.example", ["bank.example": plain + "; psd=y", "example": plain], "bank.example",
        "authorDomain bank.example"
      ),
      (
        "a.example.com", ["a.example.com": plain + "; psd=n", "example.com": plain], "a.example.com",
        "authorDomain a.example.com"
      ),
      // A suffix that forgot psd=y becomes the organisation (§11.8).
      ("mail.example.com", ["example.com": plain, "com": plain], "com", "organizationalDomain com"),
      ("example.com", [:], "example.com", "none"),
      ("example.com", ["example.com": "v=spf1 -all"], "example.com", "none"),
      (
        "example.com", ["example.com": "v=DMARC1; p=none | v=spf1 -all | verification"], "example.com",
        "authorDomain example.com"
      ),
      (
        "mail.example.com",
        ["mail.example.com": "v=DMARC1; p=none | v=DMARC1; p=none", "example.com": plain], "example.com",
        "organizationalDomain example.com"
      ),
      (
        "mail.example.com", ["mail.example.com": plain, "example.com": "v=DMARC1; psd=y | v=DMARC1"],
        "mail.example.com", "authorDomain mail.example.com"
      ),
      // A record with voided policies is still the record.
      (
        "mail.example.com", ["mail.example.com": "v=DMARC1; p=x", "example.com": plain], "example.com",
        "authorDomain mail.example.com"
      ),
      (
        "mail.example.com", ["mail.example.com": "v=DMARC1; p=none; psd=maybe"], "mail.example.com",
        "authorDomain mail.example.com"
      ),
    ] as [(String, [String: String], String, String)])
  func results(domain: String, zone: [String: String], organization: String, policy: String) throws {
    let discovery = try discover(domain, zone)
    #expect(try discovery.organization == .domain(Name(organization)))
    #expect(discovery.policySummary == policy)
    #expect(discovery.failures.isEmpty)
  }

  @Test(
    "A failed look-up makes unknown what it could change, and nothing else",
    arguments: [
      ("mail.example.com", ["mail.example.com": "!", "example.com": plain], "unknown", "unknown"),
      ("mail.example.com", ["example.com": "!"], "unknown", "unknown"),
      ("mail.example.com", ["com": "!"], "unknown", "unknown"),
      (
        "mail.example.com", ["mail.example.com": plain, "com": "!"], "unknown",
        "authorDomain mail.example.com"
      ),
      (
        "mail.example.com", ["mail.example.com": plain, "example.com": "!"], "unknown",
        "authorDomain mail.example.com"
      ),
      // The walk ends before the failure.
      (
        "mail.example.com", ["mail.example.com": plain + "; psd=n", "example.com": "!"], "mail.example.com",
        "authorDomain mail.example.com"
      ),
      (
        "mail.example.com", ["example.com": plain + "; psd=n", "com": "!"], "example.com",
        "organizationalDomain example.com"
      ),
      (
        "a.mega.bank.example", ["bank.example": plain + "; psd=y", "example": "!"], "mega.bank.example",
        "publicSuffixDomain bank.example"
      ),
      // Whatever is at the start, the organisation is below the suffix; the policy is not known.
      (
        "mega.bank.example", ["mega.bank.example": "!", "bank.example": plain + "; psd=y"],
        "mega.bank.example", "unknown"
      ),
      (
        "a.mega.bank.example", ["mega.bank.example": "!", "bank.example": plain + "; psd=y"], "unknown",
        "unknown"
      ),
      (
        "a.b.c.d.e.f.g.h",
        [
          "a.b.c.d.e.f.g.h": "!", "b.c.d.e.f.g.h": "!", "c.d.e.f.g.h": "!", "d.e.f.g.h": "!", "e.f.g.h": "!",
          "f.g.h": "!", "g.h": "!", "h": "!",
        ], "unknown", "unknown"
      ),
    ] as [(String, [String: String], String, String)])
  func failures(domain: String, zone: [String: String], organization: String, policy: String) throws {
    let discovery = try discover(domain, zone)
    switch discovery.organization {
    case .domain(let name): #expect(name.display == organization)
    case .unknown: #expect(organization == "unknown")
    }
    #expect(discovery.policySummary == policy)
  }

  @Test("Every step tells what was there")
  func steps() throws {
    let discovery = try discover(
      "a.b.example.com",
      [
        "a.b.example.com": "v=DMARC1 | v=DMARC1", "b.example.com": "v=dmarc1", "example.com": "!",
        "com": "v=DMARC1; psd=y",
      ])
    #expect(
      discovery.steps.map(\.target.display) == ["a.b.example.com", "b.example.com", "example.com", "com"])
    #expect(discovery.steps.map(\.texts.count) == [2, 1, 0, 1])
    #expect(discovery.steps[0].finding == .multipleRecords)
    #expect(discovery.steps[1].finding == .noRecord)
    #expect(discovery.steps[1].texts[0].standing == .nearMiss(.wrongCase))
    #expect(discovery.steps[2].finding == .failed(.timeout))
    #expect(discovery.failures == [.timeout])
  }

  @Test("No data and no such name are both the absence of a record")
  func negative() throws {
    let domain = try Name("example.com")
    for outcome in [Outcome.noSuchName(aliases: []), .noData(aliases: []), .records([], aliases: [])] {
      let evaluation = DMARCDiscovery.evaluate(domain: domain) { answer($0, outcome) }
      guard case .result(let discovery) = evaluation else {
        Issue.record("more was asked")
        return
      }
      #expect(discovery.policy == .noRecord)
    }
  }

  @Test("Answers that are there already are not asked for again, nor what lies beyond the end of the walk")
  func partial() throws {
    let domain = try Name("a.example.com")
    let evaluation = DMARCDiscovery.evaluate(domain: domain) { question in
      question.name.display == "_dmarc.example.com"
        ? answer(question, texts("v=DMARC1; psd=n", question)) : nil
    }
    guard case .needs(let questions) = evaluation else {
      Issue.record("nothing was asked")
      return
    }
    #expect(try questions == [Question(Name("_dmarc.a.example.com"), .txt)])
  }

  @Test("A domain too long for a _dmarc label has no record of its own")
  func tooLong() throws {
    let label = String(repeating: "a", count: 61)
    let name = [label, label, label, String(repeating: "b", count: 53), "example.com"].joined(separator: ".")
    let discovery = try discover(name, ["example.com": Self.plain])
    #expect(discovery.steps[0].question == nil)
    #expect(discovery.policySummary == "organizationalDomain example.com")
  }

  @Test("np applies to domains that do not exist, sp to those that do, p to the own record")
  func preferences() throws {
    let text = "v=DMARC1; p=reject; sp=quarantine; np=none"
    guard case .found(let above) = try discover("x.example.com", ["example.com": text]).policy,
      case .found(let own) = try discover("example.com", ["example.com": text]).policy
    else {
      Issue.record("no policy was found")
      return
    }
    #expect(above.preference(.exists)?.tag == .sp)
    #expect(above.preference(.doesNotExist)?.tag == .np)
    #expect(own.preference(.exists)?.tag == .p)
    #expect(own.preference(.doesNotExist)?.tag == .p)
  }
}

// MARK: - Zones

private func discover(_ domain: String, _ zone: [String: String]) throws -> DMARCDiscovery {
  let evaluation = try DMARCDiscovery.evaluate(domain: Name(domain)) { question in
    let target = question.name.parent?.display ?? ""
    switch zone[target] {
    case nil: return answer(question, .noSuchName(aliases: []))
    case "!": return answer(question, .failure(.timeout))
    case let text?: return answer(question, texts(text, question))
    }
  }
  guard case .result(let discovery) = evaluation else { throw Unanswered() }
  return discovery
}

private struct Unanswered: Error {}

private func answer(_ question: Question, _ outcome: Outcome) -> Answer {
  Answer(question, outcome, from: .zoneFile("test"), at: Timestamp(seconds: 0))
}

private func texts(_ text: String, _ question: Question) -> Outcome {
  .records(
    text.split(separator: " | ").map { Record(question.name, ttl: 60, .txt(TXT(String($0)))) }, aliases: [])
}

extension DMARCDiscovery {
  fileprivate var policySummary: String {
    switch policy {
    case .found(let found): "\(found.role) \(found.location.display)"
    case .noRecord: "none"
    case .unknown: "unknown"
    }
  }
}
