package import Evidence

/// What `mailaudit doctor` prints: one word, then what is wrong, then the rest.
package struct DoctorReport {
  package enum Word: String, Sendable {
    case ok
    /// Something makes audits from here wrong or incomplete.
    case trouble
    /// Nobody answers.
    case unknown
  }

  private let snapshot: Snapshot
  private let sentences: MachineSentences
  private let tool: String

  package init(_ snapshot: Snapshot, tool: String) {
    self.snapshot = snapshot
    self.tool = tool
    sentences = MachineSentences(snapshot)
  }

  package var word: Word {
    if sentences.nobodyAnswers { return .unknown }
    return sentences.isWell ? .ok : .trouble
  }

  package var text: String {
    let order: [MachineSentences.Weight] = [.wrong, .incomplete, .note, .fine]
    let lines = order.flatMap { weight in
      sentences.remarks.filter { $0.weight == weight }.map { remark in
        Layout.paragraph(remark.text, label: weight.rawValue, indent: 12)
      }
    }
    return ([word.rawValue] + lines).joined(separator: "\n") + "\n"
  }

  /// `environment` is as in the report of an audit.
  package func json() throws -> String {
    try JSONText.encode(
      Document(
        tool: tool, started: snapshot.started.description, result: word.rawValue,
        environment: EnvironmentDocument(snapshot)))
  }

  private struct Document: Encodable {
    var format = "mailaudit.doctor"
    var version = JSONReport.version
    let tool: String
    let started: String
    let result: String
    let environment: EnvironmentDocument
  }
}
