import DNSData
import SPF
import Testing

@Suite struct ShadowTests {
  /// The texts of the terms of example.com's record that never decide.
  private func shadows(_ records: [String: String]) throws -> [String] {
    let zone = records.map { "\($0) 60 TXT \"\($1)\"" } + ["host.example.com. A 192.0.2.7"]
    let set = ZoneSet([
      try ZoneFile(name: "z", octets: Array(". SOA . . 1 2 3 4 5\n\(zone.joined(separator: "\n"))".utf8))
    ])
    var known: [Question: Answer] = [:]
    while true {
      switch SPFTree.evaluate(try Name("example.com"), { known[$0] }) {
      case .result(let tree): return tree.shadows.map { String(decoding: $0.term.text, as: UTF8.self) }
      case .needs(let questions):
        for question in questions {
          guard case .outcome(let outcome, _) = set.lookUp(question) else { continue }
          known[question] = Answer(question, outcome, from: .nobody, at: Timestamp(seconds: 0))
        }
      }
    }
  }

  @Test(arguments: [
    ("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 -all", ["ip4:192.0.2.7"]),
    ("v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/24 -all", []),
    ("v=spf1 -ip4:192.0.2.0/24 a:host.example.com -all", ["a:host.example.com"]),
    ("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::1 -all", []),
    ("v=spf1 include:v.example.com ip4:198.51.100.1 -all", ["ip4:198.51.100.1"]),
    ("v=spf1 include:v.example.com include:v.example.com -all", []),
  ])
  func `a term that an earlier one covers never decides`(record: String, expected: [String]) throws {
    let vendor = "v=spf1 ip4:198.51.100.0/24 -ip4:203.0.113.0/24 -all"
    #expect(try shadows(["example.com.": record, "v.example.com.": vendor]) == expected)
  }
}
