import AuditTesting
import Rules
import Testing
import Verdict

@Suite struct ProfileWeightTests {
  private func severities(
    of rule: String, as severity: Severity, in zone: String
  ) async throws -> [String: Severity] {
    let adjustment = Profile.Adjustment(.severity(severity), reason: "a test", layer: "mine")
    let rules = Profile(name: "mine", adjustments: [rule: adjustment]).applied(to: Rule.catalog)
    let scorecard = Scorecard(try await World(zone).facts(), rules: rules)
    let result = try #require(scorecard.results.first { $0.rule.id == rule })
    return Dictionary(result.faults.map { ($0.place.name.display, result.severity(of: $0)) }) { first, _ in
      first
    }
  }

  @Test(arguments: [Severity.high, .medium, .low, .info])
  func `a finding follows its rule, and a milder one is never raised`(_ severity: Severity) async throws {
    let found = try await severities(
      of: "host.aaaa-missing", as: severity,
      in: """
        @ MX 10 mail
        @ MX 20 mx.vendor.example.
        mail A 192.0.2.1
        mx.vendor.example. A 192.0.2.2
        """)
    #expect(found == ["mail.example.com": severity, "mx.vendor.example": .info])
  }

  @Test(arguments: [(Severity.medium, Severity.high), (.info, .info)])
  func `a finding that is worse than its rule is lowered with it only`(
    _ severity: Severity, _ expected: Severity
  ) async throws {
    let found = try await severities(
      of: "host.ptr-multiple", as: severity,
      in: """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        1.2.0.192.in-addr.arpa. PTR other
        """)
    #expect(found == ["1.2.0.192.in-addr.arpa": expected])
  }
}
