import AuditTesting
import ChangePlan
import Evidence
import Expectation
import Foundation
import Reports
import Testing
import Verdict

@testable import Rules

@Suite struct DocumentListTests {
  private static let zone = """
    @ MX 10 mail
    mail A 192.0.2.1
    _mta-sts TXT "v=STSv1; id=1"
    mta-sts A 192.0.2.80
    autoconfig A 192.0.2.81
    """

  private struct Rendered {
    let terminal: String
    let json: String

    /// The two lines about a URL.
    func lines(_ url: String) -> String? {
      let lines = terminal.split(separator: "\n").map(String.init)
      guard let index = lines.firstIndex(where: { $0.hasSuffix(" " + url) }), index + 1 < lines.count else {
        return nil
      }
      return lines[index] + lines[index + 1]
    }

    /// The entry for a URL.
    func entry(_ url: String) throws -> [String: Any] {
      let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let audit = (document?["audits"] as? [[String: Any]])?.first
      let entries = audit?["documents"] as? [[String: Any]]
      return try #require(entries?.first { $0["url"] as? String == url })
    }
  }

  private func render(
    _ documents: [ExampleDocument], zone: String = DocumentListTests.zone,
    probing: Probing = .usual(only: nil), expecting site: ExpectedSite? = nil
  ) async throws -> Rendered {
    let servers = GivenServers([ServerProbe.example()].compactMap(\.self), documents)
    let snapshot = try await World(zone).snapshot(probing: probing, servers: servers, expecting: site)
    let scorecard = Scorecard(Facts(snapshot, expecting: site), rules: Rule.catalog)
    let result = AuditResult(snapshot, scorecard, displayName: "example.com")
    return Rendered(
      terminal: TerminalReport(result, colour: .none, detail: .brief).text,
      json: try JSONReport([result], tool: "test").text())
  }

  private static let policyURL = "https://mta-sts.example.com/.well-known/mta-sts.txt"
  private static let settingsURL = "https://autoconfig.example.com/mail/config-v1.1.xml"

  @Test func `what was fetched, its status and what it is good for stand in both reports`() async throws {
    let rendered = try await render([.policy(), .settings()])
    for url in [Self.policyURL, Self.settingsURL] {
      let lines = try #require(rendered.lines(url))
      #expect(lines.contains("200") && lines.hasSuffix(": served"), "\(lines)")
      let entry = try rendered.entry(url)
      #expect(entry["status"] as? Int == 200)
      #expect(entry["outcome"] as? String == "usable")
      #expect(entry["problem"] == nil)
    }
    #expect(try rendered.entry(Self.policyURL)["purpose"] as? String == "policy")
    #expect(try rendered.entry(Self.settingsURL)["purpose"] as? String == "settings")
    let missing = try rendered.entry("http://autoconfig.example.com/mail/config-v1.1.xml")
    #expect(missing["status"] as? Int == 404)
    #expect(missing["outcome"] as? String == "absent")
  }

  @Test func `a refused certificate is said with its reason`() async throws {
    let rendered = try await render([.policy(failing: .certificate(.nameMismatch))])
    #expect(rendered.lines(Self.policyURL)?.contains("certificate is for other names") == true)
    let entry = try rendered.entry(Self.policyURL)
    #expect(entry["outcome"] as? String == "failed")
    #expect(entry["certificate"] as? String == "nameMismatch")
    #expect(entry["status"] == nil)
  }

  @Test func `a page, a faulty document, a password and silence are told apart`() async throws {
    let cases: [(ExampleDocument, String)] = [
      (.settings("<html></html>", type: "text/html"), "absent"),
      (.settings("<clientConfig version=\"1.1\">"), "faulty"),
      (.settings("", status: 401), "locked"),
      (.settings("", status: 302, location: "https://login.example.net/"), "redirected"),
      (.settings(failing: .timedOut(.connecting)), "failed"),
    ]
    for (document, outcome) in cases {
      let entry = try await render([document]).entry(Self.settingsURL)
      #expect(entry["outcome"] as? String == outcome)
      #expect(entry["problem"] != nil)
    }
  }

  @Test func `what a server says of a redirect is escaped, and the lines fit eighty columns`() async throws {
    let target = "https://\u{1B}[2J" + String(repeating: "a", count: 200)
    let rendered = try await render([.settings("", status: 301, location: target)])
    let lines = rendered.terminal.split(separator: "\n").drop { $0 != "Web documents" }
      .prefix { $0 != "Could not tell" && $0 != "Not tested" }
    #expect(lines.count > 3)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    #expect(!rendered.terminal.contains("\u{1B}") && !rendered.json.contains("\u{1B}"))
  }

  @Test func `a policy host with both families is listed for IPv6 alone too`() async throws {
    let rendered = try await render(
      [.policy(), .policy(failing: .refused, over: .v6)], zone: Self.zone + "\nmta-sts AAAA 2001:db8::80")
    #expect(rendered.terminal.contains("(over IPv6 alone)"))
    #expect(rendered.json.contains("\"overIPv6Alone\" : true"))
  }

  @Test func `where any answer will do, any is one, and port 80 is listed for each address`() async throws {
    let rendered = try await render(
      [.webmail(status: 401), .challenge(status: 404), .challenge(failing: .refused, over: .v6)],
      zone: ExampleDocument.challengeZone + "\nwebmail A 192.0.2.1", expecting: .exampleHTTP01)
    let webmail = try rendered.entry("https://webmail.example.com/")
    #expect(webmail["purpose"] as? String == "webmail" && webmail["outcome"] as? String == "answered")
    #expect(webmail["problem"] == nil)
    let words = rendered.terminal.split(separator: "\n").joined().split(separator: " ").joined(separator: " ")
    #expect(words.contains("HTTP-01 of ACME: there is an answer, which is enough (at 192.0.2.1)"), "\(words)")
    #expect(words.contains("the web server refused the connection (at 2001:db8::1)"), "\(words)")
  }

  @Test func `without probes nothing is listed`() async throws {
    let rendered = try await render([.policy()], probing: .none)
    #expect(!rendered.terminal.contains("Web documents"))
    #expect(rendered.json.contains("\"documents\" : ["))
  }
}
