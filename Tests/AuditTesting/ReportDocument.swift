import Foundation

/// The JSON report as far as tests look at it.
package struct ReportDocument: Decodable, Sendable {
  package struct Audit: Decodable, Sendable {
    package let domain: String
    package let role: String
    package let questions: Int
    package let rounds: Int
    package let findings: [Finding]
    package let passed: [String]
    package let notApplicable: [String]
  }

  package struct Finding: Decodable, Sendable {
    package let rule: String
    package let outcome: String
    package let severity: String
    package let message: String
    package let source: String
    package let points: Int
  }

  package let format: String
  package let version: Int
  package let audits: [Audit]

  package init(_ json: String) throws {
    self = try JSONDecoder().decode(ReportDocument.self, from: Data(json.utf8))
  }
}
