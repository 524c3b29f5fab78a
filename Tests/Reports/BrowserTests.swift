import AuditTesting
import Foundation
import Testing

/// Pages as a browser takes them: headless Chromium, driven by the script `browse`.
@Suite struct BrowserTests {
  /// What `browse` prints.
  private struct View: Decodable {
    struct Contrast: Decodable {
      let seen: Int
      let poor: [String]
    }

    let title: String
    let language: String
    let text: String
    let scripts: Int
    let handlers: Int
    let elements: [String]
    let headings: [Int]
    let landmarks: [Int]
    let repeatedIDs: [String]
    let deadReferences: [String]
    let deadLinks: [String]
    let nakedTables: Int
    let nakedHeaders: Int
    let scrollersOutOfReach: Int
    let styled: Bool
    let widths: [String: Int]
    let contrast: [String: Contrast]
    let folded: Int
    let foldedInPrint: Int
    let console: [String]
    let requests: [String]
  }

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "browse")

  private func open(_ page: String) async throws -> View {
    try await inFile(page) { path in
      let result = try await Program(path: Self.script.path).run([path])
      #expect(result.status == 0, "\(result.error)")
      return try JSONDecoder().decode(View.self, from: Data(result.output.utf8))
    }
  }

  private func inFile<Result>(_ page: String, _ body: (String) async throws -> Result) async throws -> Result
  {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).html")
    try Data(page.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
  }

  @Test func `a page of hostile records runs nothing, asks for nothing and is no reason to complain`()
    async throws
  {
    let view = try await open(try HTMLSample.page(try await HTMLSample.all).html)
    #expect(view.console == [])
    #expect(view.requests.count == 1 && view.requests.allSatisfy { $0.hasPrefix("file:///") })
    #expect(view.title == "Mail audit of 4 domains")
    #expect(view.scripts == 0 && view.handlers == 0 && view.styled)
    #expect(Set(view.elements).isDisjoint(with: ["script", "img", "iframe", "object", "link", "b", "form"]))
    #expect(view.text.contains("<script>document.title='owned'</script>"))
    #expect(view.text.contains("hostile<script>alert(5)</script>\\x{202e}.example"))

    // For readers of every kind.
    #expect(view.language == "en")
    #expect(view.landmarks == [1, 1, 4, 1])
    #expect(view.headings.first == 1 && view.headings.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(view.headings, view.headings.dropFirst()) { #expect(after <= before + 1) }
    #expect(view.repeatedIDs == [] && view.deadReferences == [] && view.deadLinks == [])
    #expect(view.nakedTables == 0 && view.nakedHeaders == 0 && view.scrollersOutOfReach == 0)
    for (width, content) in view.widths { #expect(content <= Int(width) ?? 0, "at \(width)") }
    #expect(view.folded > 0 && view.foldedInPrint == 0)
    for scheme in ["light", "dark"] {
      let contrast = try #require(view.contrast[scheme])
      #expect(contrast.seen > 100 && contrast.poor == [], "\(scheme)")
    }
  }

  @Test func `what a page may not do would be seen`() async throws {
    let view = try await open(
      """
      <!DOCTYPE html><html lang="en"><head><title>outside</title></head><body style="color:#888">
      <img src="http://outside.example/x.png"><script>document.title = "owned"; console.log("here")</script>
      </body></html>
      """)
    #expect(view.title == "owned" && view.scripts == 1 && view.handlers == 1)
    #expect(view.console.contains { $0.contains("here") })
    #expect(view.requests.contains("http://outside.example/x.png"))
  }

  @Test func `the pages are valid, for one domain and for many`() async throws {
    let audits = try await HTMLSample.all
    for page in [audits, Array(audits.prefix(1))] {
      try await inFile(try HTMLSample.page(page).html) { path in
        let result = try await Program(path: "/usr/bin/tidy").run(["-quiet", "-errors", "-utf8", path])
        #expect(result.status == 0, "\(result.error)")
      }
    }
  }
}
