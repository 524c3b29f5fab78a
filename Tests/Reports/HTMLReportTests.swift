import AuditTesting
import Crypto
import DNSData
import Foundation
import Reports
import Testing
import Verdict

@Suite struct HTMLReportTests {
  private func page(_ zone: String) async throws -> HTMLSample.Page {
    try HTMLSample.page([try await HTMLSample.audit(zone)])
  }

  @Test func `a finding says what, where, who said it, why, what to do and what to paste`() async throws {
    let page = try await page("@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1")
    for part in [
      "A sending address has no reverse name", "host.ptr-missing", "has no PTR record", "says example",
      "a PTR record that names the mail host", "Have the owner of the address",
      "1.2.0.192.in-addr.arpa. 3600 IN PTR mail.example.com.", "Not tested", "To test: ",
    ] { #expect(page.contains(part), "\(part)") }
  }

  @Test func `every sentence of the terminal report about a finding is in the page`() async throws {
    let audit = try await HTMLSample.audit(HTMLSample.poor)
    let page = try HTMLSample.page([audit])
    let failed = audit.scorecard.results.filter { $0.outcome == .failed }
    #expect(failed.count > 3)
    for result in failed {
      #expect(page.contains(">\(result.rule.title)<"))
      for fault in result.faults { #expect(page.contains(fault.place.sentence), "\(result.rule.id)") }
    }
  }

  @Test func `domains stand worst first, linked from a table; one alone has no table`() async throws {
    let page = try HTMLSample.page(try await HTMLSample.all)
    let names = ["waived.example", "hostile&lt;script&gt;", "unknown.example", "sound.example"]
    let places = names.map { page.html.range(of: ">\($0)")?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    let last = try #require(places.last ?? nil)
    #expect(places.dropLast().allSatisfy { ($0 ?? last) < last })
    #expect(page.contains("Mail audit of 4 domains") && page.contains("<a href=\"#d1\">"))
    let single = try await self.page(HTMLSample.sound)
    #expect(!single.contains("id=\"overview\"") && single.contains("<h1 id=\"d1-name\">example.com</h1>"))
  }

  @Test func `the policy allows the page's own style, to the octet, and nothing else`() async throws {
    let page = try await page(HTMLSample.sound)
    let style = try #require(page.html.firstMatch(of: #/<style>(?<text>[^<]*)</style>/#)).output.text
    let hash = Encoding.base64(Digest.sha256(Array(style.utf8)))
    #expect(page.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-\(hash)&#39;; "))
    #expect(style.contains("prefers-color-scheme: dark") && style.contains("@media print"))
  }

  @Test func `what strangers wrote is shown as text, whole pages long or joined with markup`() async throws {
    let page = try HTMLSample.page(try await HTMLSample.all)
    for markup in ["<script", "<img", "\" onmouseover", "<svg/", "<b>"] {
      #expect(!page.contains(markup), "\(markup)")
    }
    #expect(page.contains("{{tool}}"))
    #expect(page.contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;"))
    let scalars = page.html.unicodeScalars.filter {
      $0 != "\n" && [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
    }
    #expect(scalars.isEmpty)
    // As one character with the mark before or after it a quotation mark would go unescaped.
    let joins = page.html.unicodeScalars.contains("\u{301}")
    #expect(!joins && page.contains("&quot;\\x{301}onmouseover"))
    let size = page.html.utf8.count
    #expect(size < 1_000_000)
  }

  @Test func `a record with thousands of faults makes no endless page`() async throws {
    let terms = String(repeating: "\"" + String(repeating: "? ", count: 100) + "\" ", count: 40)
    let page = try await page("@ MX 10 mail\n@ TXT \"v=spf1 \" \(terms)\nmail A 192.0.2.1")
    let size = page.html.utf8.count
    #expect(page.contains("more places</summary>") && size < 300_000, "\(size)")
  }

  @Test func `no template takes text as it is`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reports/HTML/Templates")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count > 5)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(!text.contains("{{{") && !text.contains("{{&") && !text.contains("{{%"), "\(name)")
    }
  }

  @Test func `unknown is told apart from missing, with its cause and who said it`() async throws {
    let page = try HTMLSample.page([try await HTMLSample.unknown()])
    #expect(page.contains("Could not tell"))
    #expect(page.contains("example.com TXT: the server failed (SERVFAIL)"))
    #expect(!page.contains("has no SPF record"))
  }

  @Test func `a waived finding is shown with its reason and its end`() async throws {
    let audit = try await HTMLSample.waived()
    let waived = try #require(audit.scorecard.results.flatMap(\.waived).first)
    let page = try HTMLSample.page([audit])
    #expect(page.contains("Waived</h2>"))
    #expect(page.contains("Until \(waived.waiver.end.description): \(waived.waiver.reason)"))
  }

  @Test func `servers and senders have their tables, and the SPF record its tree`() async throws {
    let servers = try HTMLSample.page([try await HTMLSample.audit(HTMLSample.sound, probes: HTMLSample.sick)])
    for part in [
      "mail.example.com <span class=\"soft\">at 192.0.2.1", "<th scope=\"row\">993</th>",
      "<td class=\"wrong\">self-signed</td><td class=\"wrong\">other</td><td class=\"wrong\">expired</td>",
      "also accepts TLS 1.1", "3 of 10 look-ups", "<p class=\"domain\">_spf.example.com</p>",
      "ip4:198.51.100.0/24",
    ] {
      #expect(servers.contains(part), "\(part)")
    }
    let senders = try HTMLSample.page([try await HTMLSample.expected()])
    #expect(senders.contains("Senders, as SPF sees them") && senders.contains("<td>pass</td>"))
  }
}
