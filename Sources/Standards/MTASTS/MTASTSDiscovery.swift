/// Which MTA-STS record a domain has (RFC 8461 §3.1), and where its policy is (RFC 8461 §3.3), as a pure
/// function of the answers known so far.
///
/// The policy of a domain is not that of its subdomains (RFC 8461 §3.4): there is no walk. The policy is
/// fetched by others.
package import DNSData
import TagList

package struct MTASTSDiscovery: Hashable, Sendable {
  package enum Finding: Hashable, Sendable {
    /// The one that counts; if its syntax is at fault, senders do without (RFC 8461 §3.1).
    case record(MTASTSRecord)
    /// No such name, no TXT, or no text that begins with `v=STSv1;`.
    case noRecord
    /// More than one, so that none counts (RFC 8461 §3.1).
    case multipleRecords
    case failed(LookupFailure)
  }

  package let domain: Name
  /// Every TXT record that was found, MTA-STS or not.
  package let texts: [MTASTSRecord]
  package let finding: Finding

  package static let prefix = "_mta-sts"  // RFC 8461 §3.1
  package static let policyHostPrefix = "mta-sts"  // RFC 8461 §3.2
  package static let policyPath = "/.well-known/mta-sts.txt"  // RFC 8461 §3.3

  /// nil if that name would be too long for the DNS.
  package static func question(for domain: Name) -> Question? {
    (try? domain.prepending(prefix)).map { Question($0, .txt) }
  }

  /// The host that serves the policy; nil if its name would be too long for the DNS.
  package static func policyHost(for domain: Name) -> Name? { try? domain.prepending(policyHostPrefix) }

  package static func evaluate(domain: Name, answers: KnownAnswers) -> Evaluation<MTASTSDiscovery> {
    guard let question = question(for: domain) else {
      return .result(MTASTSDiscovery(domain: domain, texts: [], failure: nil))
    }
    guard let answer = answers(question) else { return .needs([question]) }
    let texts = answer.records.compactMap {
      if case .txt(let text) = $0.data { MTASTSRecord(text.joined) } else { nil }
    }
    return .result(MTASTSDiscovery(domain: domain, texts: texts, failure: answer.failure))
  }

  private init(domain: Name, texts: [MTASTSRecord], failure: LookupFailure?) {
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
