package import DNSData

/// One look-up: its DNSSEC verdict in one word, then what came back and who said it.
package struct LookUpReport {
  private let answer: Answer

  package init(_ answer: Answer) { self.answer = answer }

  /// Nothing validates signatures yet.
  private var verdict: String { "indeterminate" }

  private var outcome: String {
    switch answer.outcome {
    case .records: "records"
    case .noSuchName: "no such name (NXDOMAIN)"
    case .noData: "no data of this type"
    case .failure: answer.failureSentence ?? "failed"
    }
  }

  package var text: String {
    var lines = [verdict, "\(answer.question): \(outcome), says \(answer.responder.sentence)"]
    if answer.failure != nil { lines[1] = "\(answer.question): \(outcome)" }
    lines += (answer.aliases + answer.records).map(\.description)
    return lines.joined(separator: "\n") + "\n"
  }

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: verdict, name: answer.question.name.display, type: answer.question.type.description,
        outcome: outcome, source: answer.responder.sentence, aliases: answer.aliases.map(\.description),
        records: answer.records.map(\.description)))
  }

  private struct Document: Encodable {
    let result: String
    let name: String
    let type: String
    let outcome: String
    let source: String
    let aliases: [String]
    let records: [String]
  }
}
