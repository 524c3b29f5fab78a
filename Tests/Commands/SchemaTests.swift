import AuditTesting
import Foundation
import Testing

/// Real reports against the published schema, judged by python3-jsonschema.
@Suite struct SchemaTests {
  private static let report = ReportSchema("JSON/report")
  private static let line = ReportSchema("NDJSON/audit")

  @Test func `reports of every kind are what the schema says`() async throws {
    let zone = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    let hostile = """
      $ORIGIN example.com.
      . SOA . . 1 2 3 4 5
      @ SOA ns hostmaster 1 2 3 4 5
      @ MX 0 .
      @ MX 10 192.0.2.1
      @ TXT "v=spf1 \\000\\027\\255 ipv4:192.0.2.1 -all"
      """
    try Data(hostile.utf8).write(to: zone)
    defer { try? FileManager.default.removeItem(at: zone) }
    let json = ["--format", "json"]
    let runs = [
      ["--example"], ["example.com", "--offline", "--zone", zone.path],
      ["example.com", "example.net", "--offline"],
      ["example.com", "--resolver", "127.0.0.1:9", "--timeout", "0.5"],
    ]
    for arguments in runs {
      let report = try await Program.mailaudit.run(arguments + json).output
      let result = try await Self.report.validate(report)
      #expect(result.status == 0, "\(arguments): \(result.error)")
      let lines = try await Program.mailaudit.run(arguments + ["--format", "ndjson"]).output
      let ndjson = try await Self.line.validate(lines, .eachLine)
      #expect(!lines.isEmpty && ndjson.status == 0, "\(arguments): \(ndjson.error)")
    }
  }

  @Test(arguments: [
    ("\"version\":1", "\"version\":2"), ("\"domain\"", "\"zone\""), ("\"format\"", "\"form\""),
  ])
  func `the schema of a line refuses what is none`(old: String, new: String) async throws {
    let line = try await Program.mailaudit.run(["--example", "--format", "ndjson"]).output
    #expect(line.contains(old))
    #expect(try await Self.line.validate(line.replacing(old, with: new)).status != 0)
  }

  @Test(arguments: [
    ("\"version\" : 1", "\"version\" : 2"), ("\"critical\"", "\"awful\""), ("\"title\"", "\"headline\""),
  ])
  func `the schema refuses what is not a report of this version`(old: String, new: String) async throws {
    let report = try await Program.mailaudit.run(["--example", "--format", "json"]).output
    #expect(report.contains(old))
    #expect(try await Self.report.validate(report.replacing(old, with: new)).status != 0)
  }
}
