import FoundationEssentials

/// One audit in one line of JSON, written as soon as it ends: what is an element of `audits` in the JSON report, and what
/// that report says once. `audit.schema.json` beside this file describes it.
package struct NDJSONReport {
  package static let version = 1

  private let result: AuditResult
  private let tool: String

  package init(_ result: AuditResult, tool: String) {
    self.result = result
    self.tool = tool
  }

  /// Ends with a line break, and has no other.
  package func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Line(result, tool)), as: UTF8.self) + "\n"
  }

  private struct Line: Encodable {
    private enum CodingKeys: String, CodingKey {
      case format, version, tool, started, environment, profile, expected
    }

    let audit: AuditDocument
    let environment: EnvironmentDocument
    let started: String
    let basis: Basis
    let tool: String

    init(_ result: AuditResult, _ tool: String) {
      audit = AuditDocument(result)
      environment = EnvironmentDocument(result.snapshot)
      started = result.snapshot.started.description
      basis = result.basis
      self.tool = tool
    }

    func encode(to encoder: any Encoder) throws {
      try audit.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode("mailaudit.audit", forKey: .format)
      try container.encode(NDJSONReport.version, forKey: .version)
      try container.encode(tool, forKey: .tool)
      try container.encode(started, forKey: .started)
      try container.encode(environment, forKey: .environment)
      try container.encode(basis.profile, forKey: .profile)
      try container.encodeIfPresent(basis.expected, forKey: .expected)
    }
  }
}
