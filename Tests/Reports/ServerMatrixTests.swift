import AuditTesting
import ChangePlan
import DNSData
import Evidence
import Foundation
import Reports
import Testing
import Verdict

@testable import Rules

@Suite struct ServerMatrixTests {
  private static let zone = """
    @ MX 10 mail
    mail A 192.0.2.1
    mail AAAA 2001:db8::1
    """

  private struct Rendered {
    let scorecard: Scorecard
    let terminal: String
    let json: String

    /// The lines of the table.
    var table: [Substring] {
      guard let range = terminal.range(of: "Mail servers\n") else { return [] }
      return terminal[range.upperBound...].split(separator: "\n\n").first?.split(separator: "\n") ?? []
    }

    func line(_ parts: String...) -> Substring? {
      table.first { line in parts.allSatisfy(line.contains) }
    }
  }

  private func render(
    _ probes: [ServerProbe?], zone: String = ServerMatrixTests.zone, probing: Probing = .usual(only: nil)
  ) async throws -> Rendered {
    let servers = GivenServers(probes.compactMap(\.self))
    let snapshot = try await World(zone).snapshot(probing: probing, servers: servers)
    let scorecard = Scorecard(Facts(snapshot), rules: Rule.catalog)
    let result = AuditResult(snapshot, scorecard, displayName: "example.com")
    let report = TerminalReport(result, colour: .none, detail: .brief)
    return Rendered(
      scorecard: scorecard, terminal: report.text,
      json: try JSONReport([result], tool: "test").text())
  }

  @Test func `a healthy server has a line with every fact`() async throws {
    let rendered = try await render([.example(), .example(.imaps)])
    let line = try #require(rendered.line(" 25 ", "smtp"))
    for part in ["STARTTLS", "TLS 1.3", "trusted", "ok", "2027-01-30", "none"] {
      #expect(line.contains(part), "\(line)")
    }
    #expect(rendered.line("993", "imap", "TLS 1.3") != nil)
    #expect(rendered.table.contains { $0.contains("mail.example.com at 192.0.2.1") })
  }

  @Test func `a closed port counts where mail arrives, and is left out where nobody announced it`()
    async throws
  {
    let rendered = try await render([.example()])
    #expect(rendered.line(" 25 ", "closed: the connection was refused") != nil)
    #expect(rendered.line("587") == nil)
    #expect(rendered.json.contains("\"port\" : 587"))
  }

  @Test func `each fault of a certificate stands in its own column`() async throws {
    let time = ExampleHandshake.time
    let sick = ExampleHandshake(
      version: .tls12, trust: .untrusted(PathError(code: 18, reason: "self-signed certificate", depth: 0)),
      dates: .expired(time, depth: 0), nameMatches: false)
    let rendered = try await render([.example(tls: sick)])
    let line = try #require(rendered.line(" 25 ", "TLS 1.2"))
    for part in ["self-signed", "other", "expired"] { #expect(line.contains(part), "\(line)") }
    for part in ["\"trusted\" : false", "\"nameMatches\" : false", "\"dates\" : \"expired\""] {
      #expect(rendered.json.contains(part), "\(part)")
    }
  }

  @Test func `TLSA records are compared with what each address shows`() async throws {
    let other = Self.zone + "\n_25._tcp.mail TLSA 3 1 1 " + String(repeating: "00", count: 32)
    let rendered = try await render([.example()], zone: other)
    #expect(rendered.line(" 25 ", "no match") != nil)
    #expect(rendered.json.contains("\"tlsa\" : \"mismatches\""))
    let unusable = Self.zone + "\n_25._tcp.mail TLSA 1 1 1 " + String(repeating: "00", count: 32)
    #expect(try await render([.example()], zone: unusable).line(" 25 ", "unusable") != nil)
  }

  @Test func `no STARTTLS, refused STARTTLS and silence are told apart`() async throws {
    let absent = try await render([.example(tls: nil) { $0.startTLS = .notOffered }])
    #expect(absent.line(" 25 ", "no STARTTLS: the server does not offer it") != nil)
    let refused = try await render([
      .example(tls: nil) { $0.startTLS = .refused(.example(454, "TLS not available")) }
    ])
    #expect(refused.line(" 25 ", "STARTTLS refused: 454 TLS not available") != nil)
    #expect(refused.json.contains("\"outcome\" : \"startTLSRefused\""))
    let silent = try await render([.example(.timedOut)])
    #expect(silent.line(" 25 ", "no answer to the attempt to connect") != nil)
    let hindered = try await render([.example(.notTried(.familyMissing))])
    #expect(hindered.line(" 25 ", "not tested: ") != nil)
  }

  @Test func `an old version that is accepted is said`() async throws {
    let rendered = try await render([
      .example(), .example(policy: .legacy, tls: ExampleHandshake(version: .tls11)),
    ])
    #expect(rendered.table.contains { $0.contains("also accepts TLS 1.1") })
    #expect(rendered.json.contains("\"legacyVersion\" : \"TLS 1.1\""))
  }

  @Test func `a certificate that is revoked by what the server itself sends is said`() async throws {
    let rendered = try await render([
      .example(tls: ExampleHandshake(revocation: .revoked(ExampleHandshake.time, .superseded)))
    ])
    #expect(rendered.table.contains { $0.contains("certificate revoked on 2026-11-21") })
    #expect(rendered.json.contains("\"revoked\" : true"))
    let silent = try await render([.example(tls: ExampleHandshake(revocation: .unusable))])
    #expect(!silent.json.contains("\"revoked\""))
  }

  @Test func `the table fits eighty columns whatever servers write, and lets no control character through`()
    async throws
  {
    let reply = MailReply.example(554, "\u{1B}[2J" + String(repeating: "go away ", count: 40) + "\u{202E}")
    let rendered = try await render([
      .example(tls: nil) {
        $0.greeting = reply
        $0.ending = .refused(reply)
        $0.startTLS = .unseen
        $0.stage = .greeting
      }
    ])
    #expect(rendered.table.count > 2)
    for line in rendered.table { #expect(line.count <= 80, "\(line)") }
    #expect(!rendered.terminal.contains("\u{1B}") && !rendered.json.contains("\u{1B}"))
    #expect(!rendered.terminal.contains("\u{202E}") && !rendered.json.contains("\u{202E}"))
  }

  @Test func `without probes there is no table`() async throws {
    let rendered = try await render([], probing: .none)
    #expect(!rendered.terminal.contains("Mail servers"))
    #expect(rendered.scorecard.servers.rows.isEmpty)
  }
}
