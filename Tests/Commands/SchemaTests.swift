import AuditTesting
import Foundation
import Testing

/// Real reports against the published schema, judged by python3-jsonschema.
@Suite struct SchemaTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let validator = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.load(sys.stdin), schema)
    """

  static func validate(_ report: String, against schema: URL) async throws -> Program.Result {
    try await Program(path: "/usr/bin/python3").run(["-c", validator, schema.path], input: report)
  }

  private func validate(_ report: String) async throws -> Program.Result {
    try await Self.validate(
      report, against: Self.root.appending(path: "Reports/JSON/report.schema.json"))
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
      let result = try await validate(report)
      #expect(result.status == 0, "\(arguments): \(result.error)")
    }
  }

  @Test(arguments: [
    ("\"version\" : 1", "\"version\" : 2"), ("\"critical\"", "\"awful\""), ("\"title\"", "\"headline\""),
  ])
  func `the schema refuses what is not a report of this version`(old: String, new: String) async throws {
    let report = try await Program.mailaudit.run(["--example", "--format", "json"]).output
    #expect(report.contains(old))
    #expect(try await validate(report.replacing(old, with: new)).status != 0)
  }
}
