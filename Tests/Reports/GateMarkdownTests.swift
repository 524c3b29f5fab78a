import AuditTesting
import DNSData
import Reports
import Rules
import Testing
import Verdict

/// Comments on a change of a zone.
@Suite struct GateMarkdownTests {
  private static let sound = """
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    mail A 192.0.2.1
    _dmarc TXT "v=DMARC1; p=reject"
    """

  private func world(_ zone: String, domain: String, selectors: [String]) async throws -> Impact.World {
    let facts = try await World(zone).facts(of: domain, selectors: selectors, senders: ["192.0.2.1"])
    return Impact.World(facts, Scorecard(facts, rules: Rule.catalog), spf: [:])
  }

  private func change(
    of domain: String = "example.com", _ before: String, _ after: String, selectors: [String] = []
  ) async throws -> GateResult.Domain {
    GateResult.Domain(
      Impact(
        from: try await world(before, domain: domain, selectors: selectors),
        to: try await world(after, domain: domain, selectors: selectors)), displayName: domain)
  }

  private func comment(_ domains: [GateResult.Domain]) -> String {
    GateMarkdown(
      GateResult(
        domains, proposedZones: ["a.zone"], currentZones: [], started: World.time, standard: .absolute,
        limits: Limits())
    ).text
  }

  @Test(arguments: Comment.tricks)
  func `what stands in a zone is shown as text`(trick: String) async throws {
    let zone = Comment.zone(with: trick)
    for (before, after) in [(Self.sound, zone), (zone, Self.sound), (zone, zone)] {
      let html = try await Comment.render(comment([try await change(before, after)]))
      Comment.expectText(trick, in: html)
      #expect(html.split(separator: "<tr>").count - 1 == 2)
    }
  }

  private static let key =
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

  @Test(arguments: ["<b>", "![i]", "`a", "@octocat", "#1", "|", "</details>", "*x*"])
  func `a selector that is withdrawn is shown as text`(selector: String) async throws {
    // A label that begins with an at sign would be the origin.
    let label = selector.hasPrefix("@") ? "\\" + selector : selector
    let before = Self.sound + "\n\(label)._domainkey TXT \"\(Self.key)\"\n"
    let html = try await Comment.render(
      comment([try await change(before, Self.sound, selectors: [selector])]))
    #expect(html.contains("is still signing"), "\(html)")
    Comment.expectText(selector, in: html)
  }

  @Test func `what was not tested is folded, and nothing else`() async throws {
    let html = try await Comment.render(comment([try await change(Self.sound, "@ MX 10 mail")]))
    let parts = html.split(separator: "<details>")
    #expect(parts.count == 2)
    #expect(parts.last?.contains("mail servers were not connected to") == true, "\(html)")
    #expect(parts.first?.contains("Consequences") == true)
    #expect(html.split(separator: "<summary>").count == 2)
  }

  @Test func `a comment is never longer than GitHub takes, and says what it left out`() async throws {
    let domain = try await change(Self.sound, "@ MX 10 mail\n@ TXT \"v=spf1 ipv4:192.0.2.1 -all\"")
    let text = comment(Array(repeating: domain, count: 1_000))
    #expect(text.utf8.count <= 65_536)
    #expect(text.hasPrefix("### The gate is shut"))
    let last = try #require(text.split(separator: "\n").last)
    #expect(last.contains("Left out here"), "\(last)")
    for part in ["rows of the table", "consequences", "findings"] { #expect(last.contains(part), "\(last)") }
    let html = try await Comment.render(text)
    #expect(html.contains("<p>Left out here"))
  }
}
