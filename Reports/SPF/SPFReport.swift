package import DNSData
package import SPF

/// One check_host(): the result in one word, then why.
package struct SPFCheckReport {
  private let verdict: SPFVerdict
  private let client: IPAddress

  package init(_ verdict: SPFVerdict, client: IPAddress) {
    self.verdict = verdict
    self.client = client
  }

  package var text: String {
    var lines = [verdict.result.rawValue]
    for match in verdict.matches {
      lines.append(
        "\(Printable.text(match.term.text)) in the record of \(match.domain.display) matches \(client)")
    }
    if let problem = verdict.problem { lines.append(problem.sentence) }
    if let explanation = verdict.explanation {
      lines.append("The domain explains: \"\(Printable.text(explanation))\"")
    }
    lines.append(
      "\(verdict.lookups) of \(SPFLimits.lookups) look-ups, \(verdict.voids) of \(SPFLimits.voids) without an answer"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  package func json() throws -> String {
    try JSONText.encode(
      Document(
        result: verdict.result.rawValue,
        explanation: verdict.explanation.map { String(decoding: $0, as: UTF8.self) },
        matches: verdict.matches.map { .init(domain: $0.domain.display, term: $0.term.description) },
        problem: verdict.problem?.sentence, lookups: verdict.lookups, voids: verdict.voids))
  }

  private struct Document: Encodable {
    struct Match: Encodable {
      let domain: String
      let term: String
    }

    let result: String
    let explanation: String?
    let matches: [Match]
    let problem: String?
    let lookups: Int
    let voids: Int
  }
}

extension SPFProblem {
  package var sentence: String {
    let place = "the record of \(domain.display)"
    let cause = term.map { "\(Printable.text($0.text)) in \(place)" } ?? place
    return switch kind {
    case .faults(let faults):
      "In \(place): "
        + faults.map { "at octet \($0.range.lowerBound + 1): \($0.kind)" }.joined(separator: " ")
    case .multipleRecords(let count): "\(domain.display) has \(count) SPF records; there must be one"
    case .noRecord(let target): "\(cause) leads to \(target.display), which has no SPF record"
    case .malformedTarget(let target):
      "\(cause) leads to \"\(Printable.text(target))\", which is no domain name"
    case .tooManyLookups: "\(cause) is one look-up more than the \(SPFLimits.lookups) that are allowed"
    case .tooManyVoids:
      "\(cause) is one look-up without an answer more than the \(SPFLimits.voids) that are allowed"
    case .tooManyExchangers(let count, let name):
      "\(cause) stands for \(count) MX hosts of \(name.display); at most \(SPFLimits.exchangers) are allowed"
    case .lookupFailed(let question, let failure): "\(cause) needs \(question): \(failure.sentence)"
    }
  }
}
