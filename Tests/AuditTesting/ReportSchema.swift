import Foundation

/// A published schema of reports, as python3-jsonschema judges by it.
package struct ReportSchema: Sendable {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reports")
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

  package enum Extent: Sendable { case whole, eachLine }

  private let path: String

  /// `name`: a file below Reports without its suffix, "JSON/report".
  package init(_ name: String) { path = Self.folder.appending(path: "\(name).schema.json").path }

  /// Status 0 for what the schema allows; else the error says what it does not.
  package func validate(_ text: String, _ extent: Extent = .whole) async throws -> Program.Result {
    let lines = extent == .eachLine ? ["lines"] : []
    return try await Program(path: "/usr/bin/python3").run(["-c", Self.validator, path] + lines, input: text)
  }
}
