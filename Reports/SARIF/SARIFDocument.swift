// The parts of SARIF 2.1.0 (OASIS) that this program writes, under the names of its schema.

struct SARIFDocument: Encodable {
  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  struct Run: Encodable {
    let tool: Tool
    let invocations: [Invocation]
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Tool: Encodable {
    struct Driver: Encodable {
      let name = "mailaudit"
      let version: String
      let rules: [ReportingDescriptor]
    }

    let driver: Driver
  }

  struct ReportingDescriptor: Encodable {
    struct Configuration: Encodable { let level: Level }
    struct Properties: Encodable { let tags: [String] }

    let id: String
    let shortDescription: Message
    let fullDescription: Message
    let help: Message
    let helpUri: String?
    let defaultConfiguration: Configuration
    let properties: Properties
  }

  enum Level: String, Encodable { case error, warning, note }

  struct Message: Encodable {
    let text: String

    init(_ text: String) { self.text = text }
  }

  struct Invocation: Encodable {
    let executionSuccessful: Bool
    let startTimeUtc: String?
    /// What could not be told.
    let toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable {
    struct Rule: Encodable { let id: String }

    let associatedRule: Rule
    let level: Level
    let message: Message
    let locations: [Location]
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: Level
    let message: Message
    let locations: [Location]
    let partialFingerprints: [String: String]
    let suppressions: [Suppression]?
  }

  struct Suppression: Encodable {
    let kind = "external"
    let status = "accepted"
    let justification: String
  }

  struct Location: Encodable {
    struct Logical: Encodable {
      let name: String
      let fullyQualifiedName: String
      let kind = "resource"
    }

    struct Physical: Encodable {
      struct Artifact: Encodable { let uri: String }
      struct Region: Encodable { let startLine: Int }

      let artifactLocation: Artifact
      let region: Region
    }

    /// Of what stands in a zone file.
    let physicalLocation: Physical?
    let logicalLocations: [Logical]
  }
}
