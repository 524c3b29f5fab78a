/// Which TLS reporting record a domain has (RFC 8460 §3), as a pure function of the answers known so far.
package import DNSData
import TagList

package struct TLSRPTDiscovery: Hashable, Sendable {
  package enum Finding: Hashable, Sendable {
    case record(TLSRPTRecord)
    /// No such name, no TXT, or no text that begins with `v=TLSRPTv1;`.
    case noRecord
    /// More than one, so that none counts (RFC 8460 §3).
    case multipleRecords
    case failed(LookupFailure)
  }

  package let domain: Name
  /// Every TXT record that was found, of TLS reporting or not.
  package let texts: [TLSRPTRecord]
  package let finding: Finding

  package static let prefix = "_smtp._tls"  // RFC 8460 §3
  /// Where the record is put by mistake.
  package static let wrongPrefixes = ["_tls", "_smtp", "_smtp_tls", "_tls._smtp"]

  /// nil if that name would be too long for the DNS.
  package static func question(for domain: Name) -> Question? {
    (try? domain.prepending(prefix)).map { Question($0, .txt) }
  }

  package static func evaluate(domain: Name, answers: KnownAnswers) -> Evaluation<TLSRPTDiscovery> {
    guard let question = question(for: domain) else {
      return .result(TLSRPTDiscovery(domain: domain, texts: [], failure: nil))
    }
    guard let answer = answers(question) else { return .needs([question]) }
    let texts = answer.records.compactMap {
      if case .txt(let text) = $0.data { TLSRPTRecord(text.joined) } else { nil }
    }
    return .result(TLSRPTDiscovery(domain: domain, texts: texts, failure: answer.failure))
  }

  private init(domain: Name, texts: [TLSRPTRecord], failure: LookupFailure?) {
    self.domain = domain
    self.texts = texts
    let records = texts.filter { $0.standing == .exact }
    if let failure {
      finding = .failed(failure)
    } else if let record = records.first {
      finding = records.count == 1 ? .record(record) : .multipleRecords
    } else {
      finding = .noRecord
    }
  }
}
