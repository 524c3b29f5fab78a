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
  private func report(_ zone: String, domain: String = "example.com") async throws -> String {
    let snapshot = try await World(zone).snapshot(of: domain, senders: ["192.0.2.1"])
    let result = AuditResult(snapshot, Scorecard(Facts(snapshot), rules: Rule.catalog), displayName: domain)
    return MarkdownReport([result], Limits(), of: 1).text
  }

  @Test(arguments: Comment.tricks)
  func `what a stranger published is shown as text`(trick: String) async throws {
    let html = try await Comment.render(report(Comment.zone(with: trick)))
    Comment.expectText(trick, in: html)
    #expect(html.split(separator: "<tr>").count - 1 == 2)
  }

  @Test func `a table has a row for each domain, and as many cells as its head`() async throws {
    let html = try await Comment.render(report("@ MX 10 mail\nmail A 192.0.2.1"))
    let rows = html.split(separator: "<tr>").dropFirst().map { row in
      row.matches(of: /<t[hd][ >]/).count
    }
    #expect(rows.count == 2 && Set(rows).count == 1)
  }

  @Test func `records to paste stand in a fence, as they are`() async throws {
    let markdown = try await report(
      "@ MX 10 mail\n@ TXT \"v=spf1 ipv4:192.0.2.1 ``` -all\"\nmail A 192.0.2.1")
    #expect(markdown.contains("\n1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.\n"))
    let html = try await Comment.render(markdown)
    let block = try #require(html.split(separator: "<pre>").last?.split(separator: "</pre>").first)
    #expect(block.contains("1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com."))
  }
}
