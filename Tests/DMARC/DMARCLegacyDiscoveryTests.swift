/// What receivers of the RFC 7489 generation find and make of it: `name: record | record`, `name: !` for a look-up
/// that fails.
import DNSData
import Testing

@testable import DMARC

@Suite struct DMARCLegacyDiscoveryTests {
  private static let plain: String = "v=DMARC1; p=reject; sp=quarantine; np=none"

  @Test("The domain and its organisational domain are asked for at once, one of them once")
  func questions() throws {
    for (domain, targets) in [
      ("a.b.example.com", ["a.b.example.com", "example.com"]), ("example.com", ["example.com"]),
    ] {
      guard
        case .needs(let questions) = DMARCLegacyDiscovery.evaluate(
          domain: try Name(domain), organizationalDomain: try Name("example.com"), answers: { _ in nil })
      else {
        Issue.record("nothing was asked")
        return
      }
      #expect(questions == Set(try targets.map { Question(try Name("_dmarc." + $0), .txt) }))
    }
  }

  @Test(
    "The domain's own record counts, else that of the organisation, and none between (RFC 7489 §6.6.3)",
    arguments: [
      ("a.b.example.com", ["a.b.example.com": plain, "example.com": plain], "a.b.example.com p=reject 100"),
      ("a.b.example.com", ["b.example.com": plain, "example.com": plain], "example.com sp=quarantine 100"),
      ("example.com", ["example.com": plain], "example.com p=reject 100"),
      ("a.example.com", ["example.com": "v=DMARC1; p=reject; pct=20"], "example.com p=reject 20"),
      ("a.example.com", ["example.com": "v=DMARC1; p=reject; psd=y; t=y"], "example.com p=reject 100"),
      ("a.b.example.com", ["b.example.com": plain], "none"), ("example.com", [:], "none"),
      ("example.com", ["example.com": "v=spf1 -all"], "none"),
      // Two records end the search; they are not passed over as in RFC 9989.
      (
        "a.example.com", ["a.example.com": "v=DMARC1; p=none | v=DMARC1; p=none", "example.com": plain],
        "multiple"
      ),
      ("a.example.com", ["a.example.com": "!", "example.com": plain], "unknown"),
      ("a.example.com", ["example.com": "!"], "unknown"),
      ("a.example.com", ["a.example.com": plain, "example.com": "!"], "a.example.com p=reject 100"),
      // Step 6: without a valid p, or with an invalid sp.
      ("example.com", ["example.com": "v=DMARC1; rua=mailto:a@b.example"], "example.com p=none 100"),
      ("example.com", ["example.com": "v=DMARC1"], "example.com nothing"),
      ("example.com", ["example.com": "v=DMARC1; p=x; rua=mailto:a@b.example"], "example.com p=none 100"),
      ("example.com", ["example.com": "v=DMARC1; p=reject; sp=x"], "example.com nothing"),
      ("example.com", ["example.com": "v=DMARC1; p=reject; np=x"], "example.com p=reject 100"),
    ] as [(String, [String: String], String)])
  func results(domain: String, zone: [String: String], expected: String) throws {
    let evaluation = DMARCLegacyDiscovery.evaluate(
      domain: try Name(domain), organizationalDomain: try Name("example.com")
    ) { question in
      Answer(
        question, outcome(zone[question.name.parent?.display ?? ""], question), from: .zoneFile("test"),
        at: Timestamp(seconds: 0))
    }
    guard case .result(let discovery) = evaluation else {
      Issue.record("more was asked")
      return
    }
    let summary =
      switch discovery.policy {
      case .found(let found):
        found.location.display + " "
          + (found.preference.map { "\($0.tag)=\($0.policy) \($0.percentage)" } ?? "nothing")
      case .noRecord: "none"
      case .multipleRecords: "multiple"
      case .unknown: "unknown"
      }
    #expect(summary == expected)
  }

  @Test(
    "A percentage that cannot be read is 100",
    arguments: [
      ("pct=0", 0), ("pct=100", 100), ("pct=050", 50), ("pct=101", 100), ("pct=-1", 100), ("pct=", 100),
      ("pct=5%", 100), ("pct=99999999999999999999", 100), ("t=y", 100),
    ])
  func percentage(tag: String, expected: Int) {
    #expect(DMARCRecord(Array("v=DMARC1; p=none; \(tag)".utf8)).legacyPercentage == expected)
  }
}

private func outcome(_ text: String?, _ question: Question) -> Outcome {
  switch text {
  case nil: return .noSuchName(aliases: [])
  case "!": return .failure(.timeout)
  case let text?:
    let records = text.split(separator: " | ").map { Record(question.name, ttl: 60, .txt(TXT(String($0)))) }
    return .records(records, aliases: [])
  }
}
