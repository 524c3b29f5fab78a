import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// One run over the whole zoo, in every format at once, each accepted by what reads it.
  @Suite struct Reports {
    private static let schemas = Lab.folder.deletingLastPathComponent().appending(path: "Commands/Schemas")

    private static let readers: [(format: String, command: [String])] = [
      (
        "json",
        ["/usr/bin/python3", "-c", "import json, sys; assert len(json.load(sys.stdin)['audits']) > 50"]
      ),
      (
        "ndjson",
        [
          "/usr/bin/python3", "-c",
          "import json, sys; assert len([json.loads(line) for line in sys.stdin]) > 50",
        ]
      ),
      (
        "junit",
        [
          "/usr/bin/xmllint", "--noout", "--nonet", "--schema", schemas.appending(path: "junit.xsd").path,
          "-",
        ]
      ),
      (
        "sarif",
        [
          "/usr/bin/python3", "-c",
          "import json, sys, jsonschema; jsonschema.validate(json.load(sys.stdin), json.load(open(sys.argv[1])))",
          schemas.appending(path: "sarif.schema.json").path,
        ]
      ),
      ("html", ["/usr/bin/tidy", "-quiet", "-errors", "-utf8"]),
      ("markdown", ["/usr/bin/cmark-gfm", "-e", "table", "-e", "autolink"]),
      (
        "nagios",
        ["/bin/grep", "-qE", "^MAILAUDIT CRITICAL - [^|]+\\|score=[0-9]+;;;0;100 critical=[0-9]+;;0;0 high="]
      ),
      ("text", ["/bin/grep", "-qE", "^score  grade  failed  unknown  not tested  domain$"]),
    ]

    @Test func `every report of the whole zoo is accepted by what reads it`() async throws {
      let lab = try await Lab.shared
      let folder = FileManager.default.temporaryDirectory.appending(
        path: "mailaudit-zoo-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let zones = try FileManager.default.contentsOfDirectory(atPath: Lab.folder.appending(path: "Zoo").path)
      let domains = zones.filter { $0.hasSuffix(".zone") }.map { String($0.dropLast(5)) }.sorted()
      func path(_ format: String) -> String { folder.appending(path: format).path }
      let result = try await lab.run(
        [Program.mailaudit.path] + domains + ["--no-probe", "--timeout", "2", "--quiet", "--no-color"]
          + Self.readers.flatMap { ["--report", "\($0.format)=\(path($0.format))"] }
          + lab.surroundings)
      #expect(result.status == 1, "\(result.error)")
      #expect(result.output.hasPrefix("mailaudit: findings for "))
      for (format, command) in Self.readers {
        let text = try String(contentsOfFile: path(format), encoding: .utf8)
        #expect(!text.isEmpty)
        let verdict = try await Program(path: command[0]).run(Array(command.dropFirst()), input: text)
        #expect(verdict.status == 0, "\(format): \(verdict.error)")
        if format == "markdown" {
          #expect(!verdict.output.contains("<a ") && !verdict.output.contains("<img"))
        }
      }
    }
  }
}
