import AuditTesting
import DNSData
import Evidence
import Testing
import Verdict

@testable import Rules

/// Servers that nobody called, because their addresses are not known or are too many: those that were called and are
/// well do not speak for them.
@Suite struct UncalledServerTests {
  private static let servers = [ServerProbe.example(), .example(.imaps)]

  private func outcome(
    _ rule: Rule, _ zone: String, failing host: String? = nil, servers: [ServerProbe?] = servers
  ) async throws -> RuleOutcome? {
    let zone = "@ MX 10 mail\nmail A 192.0.2.1\n\(zone)"
    let failures = try host.map { [Question(try Name($0), .a): LookupFailure.timeout] } ?? [:]
    let world = World(asking: FailingSource(try World(zone).source, failing: failures))
    let snapshot = try await world.snapshot(
      probing: .usual(only: nil), servers: GivenServers(servers.compactMap(\.self)))
    return Scorecard(Facts(snapshot), rules: [rule]).results.first?.outcome
  }

  @Test func `while all are called they are judged`() async throws {
    #expect(try await outcome(.smtpStartTLSMissing, "") == .passed)
    #expect(try await outcome(.accessIMAPVersion, "") == .passed)
  }

  @Test func `an MX host without known addresses is unknown to mail programs too`() async throws {
    let zone = "@ MX 20 other\nother A 192.0.2.2"
    #expect(try await outcome(.smtpStartTLSMissing, zone, failing: "other.example.com") == .unknown)
    #expect(try await outcome(.accessIMAPVersion, zone, failing: "other.example.com") == .unknown)
  }

  @Test func `that of a third party is none of the domain's mail programs`() async throws {
    let zone = "@ MX 20 mx.vendor.example.\nmx.vendor.example. A 192.0.2.2"
    #expect(try await outcome(.smtpStartTLSMissing, zone, failing: "mx.vendor.example") == .unknown)
    #expect(try await outcome(.accessIMAPVersion, zone, failing: "mx.vendor.example") == .passed)
  }

  @Test func `a host of SRV records is unknown for its service alone`() async throws {
    let zone = "_imaps._tcp SRV 0 1 993 imap\nimap A 192.0.2.2"
    #expect(try await outcome(.smtpStartTLSMissing, zone, failing: "imap.example.com") == .passed)
    #expect(try await outcome(.accessIMAPVersion, zone, failing: "imap.example.com") == .unknown)
    #expect(try await outcome(.accessSieveAuth, zone, failing: "imap.example.com") == .notApplicable)
  }

  @Test func `addresses beyond the audit's limit are not tested`() async throws {
    let addresses = (1...9).map { "192.0.2.\($0)" }
    let zone = addresses.map { "mail A \($0)" }.joined(separator: "\n")
    let servers = addresses.map { ServerProbe.example(at: $0) }
    #expect(try await outcome(.smtpStartTLSMissing, zone, servers: servers) == .notTested)
  }

  @Test func `a port that nobody wanted called is told so`() async throws {
    let snapshot = try await World("@ MX 10 mail\nmail A 192.0.2.1").snapshot(probing: .usual(only: [993]))
    let result = Scorecard(Facts(snapshot), rules: [.smtpPort25Closed]).results.first
    #expect(result?.gaps.map(\.reason) == [.notTested(.notProbed)])
  }
}
