import AuditTesting
import Foundation
import Testing

/// The HTML report as it is asked for.
@Suite struct PageTests {
  @Test func `a page goes to standard output or into a file, the same in both`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let arguments = ["--example", "--now", "2026-12-01"]
    let shown = try await Program.mailaudit.run(arguments + ["--format", "html"])
    let written = try await Program.mailaudit.run(arguments + ["--quiet", "--report", "html=\(path)"])
    #expect(shown.status == 1 && written.status == 1)
    let isWhole = shown.output.hasPrefix("<!DOCTYPE html>\n") && shown.output.hasSuffix("</html>\n")
    #expect(isWhole)
    let file = try String(contentsOfFile: path, encoding: .utf8)
    let isSame = file == shown.output
    #expect(isSame)
  }
}
