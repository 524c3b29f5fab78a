import AuditTesting
import DNSData
import Evidence
import Foundation
import Reports
import Rules
import Testing
import Verdict

/// Comments on a change, rendered by GitHub's own library.
@Suite struct MarkdownReportTests {
  /// What could become a link, an image, HTML, a mention, a reference to an issue, the end of a cell, of a fence or of a
  /// block that folds.
  private static let tricks = [
    "[x](https://evil.example)", "![i](https://evil.example/i.png)", "https://evil.example/",
    "www.evil.example",
    "x www.evil.example y", "<https://evil.example>", "mail@evil.example", "mailto:mail@evil.example",
    "xmpp:a@evil.example", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "@octocat",
    "x @org/team y",
    "#1", "org/repo#1", "| a | b |", "\\| a", "`", "```", "`` ` ``", "</code></details>", "<!--", "-->",
    "**bold**",
    "_emphasis_", "~~gone~~", "&lt;b&gt;", "&#60;b&#62;", "$x$", ":tada:", "[^1]", "\\", "# head", "- item",
  ]

  private func render(_ markdown: String) async throws -> String {
    let result = try await Program(path: "/usr/bin/cmark-gfm").run(
      ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"], input: markdown)
    #expect(result.status == 0, "\(result.error)")
    return result.output
  }

  private func report(_ zone: String, domain: String = "example.com") async throws -> String {
    let snapshot = try await World(zone).snapshot(of: domain, senders: ["192.0.2.1"])
    let result = AuditResult(snapshot, Scorecard(Facts(snapshot), rules: Rule.catalog), displayName: domain)
    return MarkdownReport([result], Limits(), of: 1).text
  }

  private static let tags: Set<Substring> = [
    "h3", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "code", "p", "strong", "ul",
    "li", "pre",
  ]

  @Test(arguments: tricks)
  func `what a stranger published is shown as text`(trick: String) async throws {
    let quoted = trick.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let zone = """
      @ MX 10 mail
      @ TXT "v=spf1 mx \(quoted) -all"
      mail A 192.0.2.1
      _dmarc TXT "v=DMARC1; p=\(quoted.replacing(";", with: ""))"
      """
    let html = try await render(report(zone))
    for tag in html.matches(of: /<\/?([a-z0-9]+)/) { #expect(Self.tags.contains(tag.1), "\(tag.1)") }
    #expect(!html.contains(/<[^>]*(href|src|on[a-z]+)=/))
    #expect(html.split(separator: "<tr>").count - 1 == 2)
    // Its words are there all the same.
    let words = trick.filter { $0.isLetter || $0.isNumber }
    let text = html.replacing(/<[^>]*>/, with: "").replacing(/&(lt|gt|quot);/, with: "").replacing(
      "&amp;", with: "&")
    let shown = text.filter { $0.isLetter || $0.isNumber }
    #expect(words.isEmpty || shown.contains(words), "\(html)")
  }

  @Test func `a table has a row for each domain, and as many cells as its head`() async throws {
    let html = try await render(report("@ MX 10 mail\nmail A 192.0.2.1"))
    let rows = html.split(separator: "<tr>").dropFirst().map { row in
      row.matches(of: /<t[hd][ >]/).count
    }
    #expect(rows.count == 2 && Set(rows).count == 1)
  }

  @Test func `records to paste stand in a fence, as they are`() async throws {
    let markdown = try await report(
      "@ MX 10 mail\n@ TXT \"v=spf1 ipv4:192.0.2.1 ``` -all\"\nmail A 192.0.2.1")
    #expect(markdown.contains("\n1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.\n"))
    let html = try await render(markdown)
    let block = try #require(html.split(separator: "<pre>").last?.split(separator: "</pre>").first)
    #expect(block.contains("1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com."))
  }
}
