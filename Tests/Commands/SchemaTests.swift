import AuditTesting
import Foundation
import Testing

/// Real reports against the published schema, judged by python3-jsonschema.
@Suite struct SchemaTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let validator = """
    import json, pathlib, sys, jsonschema
    path = pathlib.Path(sys.argv[1])
    schema = json.loads(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(path.as_uri(), schema)
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
    for document in sys.argv[2:] and sys.stdin.readlines() or [sys.stdin.read()]:
        validator.validate(json.loads(document))
    """

  /// `schema` is a file below Reports; `lines`: each is a document.
  static func validate(
    _ report: String, by schema: String = "JSON/report", lines: [String] = []
  ) async throws -> Program.Result {
    try await Program(path: "/usr/bin/python3").run(
      ["-c", validator, root.appending(path: "Reports/\(schema).schema.json").path] + lines,
      input: report)
  }

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
      let result = try await Self.validate(report)
      #expect(result.status == 0, "\(arguments): \(result.error)")
      let lines = try await Program.mailaudit.run(arguments + ["--format", "ndjson"]).output
      let ndjson = try await Self.validate(lines, by: "NDJSON/audit", lines: ["lines"])
      #expect(!lines.isEmpty && ndjson.status == 0, "\(arguments): \(ndjson.error)")
    }
  }

  @Test(arguments: [
    ("\"version\":1", "\"version\":2"), ("\"domain\"", "\"zone\""), ("\"format\"", "\"form\""),
  ])
  func `the schema of a line refuses what is none`(old: String, new: String) async throws {
    let line = try await Program.mailaudit.run(["--example", "--format", "ndjson"]).output
    #expect(line.contains(old))
    #expect(try await Self.validate(line.replacing(old, with: new), by: "NDJSON/audit").status != 0)
  }

  @Test(arguments: [
    ("\"version\" : 1", "\"version\" : 2"), ("\"critical\"", "\"awful\""), ("\"title\"", "\"headline\""),
  ])
  func `the schema refuses what is not a report of this version`(old: String, new: String) async throws {
    let report = try await Program.mailaudit.run(["--example", "--format", "json"]).output
    #expect(report.contains(old))
    #expect(try await Self.validate(report.replacing(old, with: new)).status != 0)
  }
}
