package import DNSData
import DNSSEC
package import Evidence

/// One look-up: its DNSSEC verdict in one word, why it is not secure, then what came back and who said it.
package struct LookUpReport {
  package enum Detail: Sendable {
    case answer
    /// Before the answer, what the verdict rests on, link by link.
    case chain
  }

  private let answer: Answer
  private let validation: Validation

  package init(_ answer: Answer, _ validation: Validation) {
    self.answer = answer
    self.validation = validation
  }

  private var outcome: String {
    switch answer.outcome {
    case .records: "records"
    case .noSuchName: "no such name (NXDOMAIN)"
    case .noData: "no data of this type"
    case .failure: answer.failureSentence ?? "failed"
    }
  }

  package func text(_ detail: Detail = .answer) -> String {
    let security = validation.security
    var lines = [security.word]
    if let reason = security.reason { lines.append("Why: \(reason).") }
    switch detail {
    case .answer: break
    case .chain:
      lines += validation.chain.map { "  \($0.sentence)" }
      if case .secure = security {} else { lines.append("  Here it stopped.") }
    }
    let source = answer.failure == nil ? ", says \(answer.responder.sentence)" : ""
    lines.append("\(answer.question): \(outcome)\(source)")
    lines += (answer.aliases + answer.records).map(\.description)
    return lines.joined(separator: "\n") + "\n"
  }

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: validation.security.word, reason: validation.security.reason,
        chain: validation.chain.map(Document.Link.init), name: answer.question.name.display,
        type: answer.question.type.description, outcome: outcome, source: answer.responder.sentence,
        aliases: answer.aliases.map(\.description), records: answer.records.map(\.description)))
  }

  private struct Document: Encodable {
    struct Link: Encodable {
      let name: String
      let type: String
      let zone: String
      let proof: String
      let keyTag: UInt16?
      let algorithm: String?
      let expiration: Timestamp?

      init(_ link: ChainLink) {
        name = link.question.name.display
        type = link.question.type.description
        zone = link.zone.display
        expiration = link.expiration
        let key: (tag: UInt16, algorithm: UInt8)?
        switch link.proof {
        case .keySet(let delegation, let tag, let algorithm):
          proof = delegation == .anchor ? "anchor" : "delegation"
          key = (tag, algorithm)
        case .recordSet(let tag, let algorithm):
          proof = "signature"
          key = (tag, algorithm)
        case .wildcard(_, let tag, let algorithm):
          proof = "wildcard"
          key = (tag, algorithm)
        case .denial:
          proof = "denial"
          key = nil
        }
        keyTag = key?.tag
        algorithm = key.map { AlgorithmName.algorithm($0.algorithm) }
      }
    }

    let result: String
    let reason: String?
    let chain: [Link]
    let name: String
    let type: String
    let outcome: String
    let source: String
    let aliases: [String]
    let records: [String]
  }
}
