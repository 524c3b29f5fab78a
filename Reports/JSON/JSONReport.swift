import FoundationEssentials
import Verdict

/// The report for programs, version 1; `report.schema.json` beside this file describes it. Names are stable;
/// additions are compatible.
package struct JSONReport {
  package static let version = 1

  private let audits: [AuditResult]
  private let tool: String

  package init(_ audits: [AuditResult], tool: String) {
    self.audits = audits
    self.tool = tool
  }

  package func text() throws -> String {
    let first = audits.first
    return try JSONText.encode(
      Document(
        tool: tool, started: first?.snapshot.started.description,
        environment: first.map { EnvironmentDocument($0.snapshot) },
        profile: first?.basis.profile, expected: first?.basis.expected,
        audits: audits.map(AuditDocument.init)))
  }
}

/// How JSON is written everywhere in this program.
package enum JSONText {
  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

private struct Document: Encodable {
  var format = "mailaudit.report"
  var version = JSONReport.version
  let tool: String
  let started: String?
  let environment: EnvironmentDocument?
  let profile: String?
  let expected: String?
  let audits: [AuditDocument]
}
