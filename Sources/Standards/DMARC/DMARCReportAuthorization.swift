/// Whether a host in another organisation agrees to receive the aggregate reports of a domain (RFC 9990 §4),
/// as a pure function of the answers known so far.
///
/// To be asked only if the organisational domains of the two differ; which those are is the caller's to know.
package import DNSData

package struct DMARCReportAuthorization: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    /// Reports go where the policy record says.
    case authorized
    /// They go here instead (RFC 9990 §4 step 9).
    case redirected([ReportURI])
    /// The host names an address at another host in place of its own: nobody gets reports.
    case redirectedElsewhere
    /// No such record: the address is ignored.
    case notAuthorized
    /// The name of the record would be too long for the DNS (step 4): the address is ignored.
    case nameTooLong
    case unknown(LookupFailure)
  }

  /// Where the policy record was found, not the author domain (step 3).
  package let policyDomain: Name
  /// The host of the URI (step 1).
  package let destinationHost: Name
  /// nil if the name would be too long.
  package let question: Question?
  /// Every TXT record that was found, DMARC or not.
  package let texts: [DMARCRecord]
  package let result: Result

  package static let prefix = "_report._dmarc"  // RFC 9990 §4 step 2

  /// nil if the name would be too long for the DNS.
  package static func question(policyDomain: Name, destinationHost: Name) -> Question? {
    guard let reports = try? destinationHost.prepending(prefix),
      let name = try? Name(labels: policyDomain.labels + reports.labels)
    else { return nil }
    return Question(name, .txt)
  }

  package static func evaluate(
    policyDomain: Name, destinationHost: Name, answers: KnownAnswers
  ) -> Evaluation<DMARCReportAuthorization> {
    let question = question(policyDomain: policyDomain, destinationHost: destinationHost)
    guard let question else {
      return .result(
        DMARCReportAuthorization(
          policyDomain: policyDomain, destinationHost: destinationHost, question: nil, texts: [],
          result: .nameTooLong))
    }
    guard let answer = answers(question) else { return .needs([question]) }
    let texts = answer.records.compactMap {
      if case .txt(let text) = $0.data { DMARCRecord(text.joined) } else { nil }
    }
    let result = answer.failure.map { .unknown($0) } ?? result(texts, destinationHost)
    return .result(
      DMARCReportAuthorization(
        policyDomain: policyDomain, destinationHost: destinationHost, question: question, texts: texts,
        result: result))
  }

  /// Steps 6 to 9. The records need a version and nothing else; several are as good as one.
  private static func result(_ texts: [DMARCRecord], _ destinationHost: Name) -> Result {
    let records = texts.filter { $0.standing == .policyRecord }
    guard !records.isEmpty else { return .notAuthorized }
    let overrides = records.flatMap(\.settings.aggregateReports)
    guard !overrides.isEmpty else { return .authorized }
    return overrides.allSatisfy { $0.destinationHost == destinationHost }
      ? .redirected(overrides) : .redirectedElsewhere
  }
}
