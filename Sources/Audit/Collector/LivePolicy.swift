package import DNSData
package import Evidence
package import MTASTS

/// The MTA-STS policy that a domain serves now, found as senders find it (RFC 8461 §3.3), outside of an audit.
package enum LivePolicy: Hashable, Sendable {
  /// No record asks senders to fetch one.
  case notAnnounced
  case served(MTASTSPolicy)
  /// A look-up or the fetch failed, or what came is no policy that senders take.
  case unknown

  /// Without `documents` nothing is fetched.
  package static func look(
    up domain: Name, asking source: any AnswerSource, fetching documents: (any FetchSource)?
  ) async -> LivePolicy {
    let discovery = await source.evaluate { MTASTSDiscovery.evaluate(domain: domain, answers: $0) }
    switch discovery.finding {
    case .record(let record) where record.usability == .ok: break
    case .record, .noRecord, .multipleRecords: return .notAnnounced
    case .failed: return .unknown
    }
    guard let documents, let host = MTASTSDiscovery.policyHost(for: domain) else { return .unknown }
    async let v4 = source.answer(Question(host, .a))
    async let v6 = source.answer(Question(host, .aaaa))
    let addresses = await v4.addresses + v6.addresses
    guard
      let request = try? FetchRequest(
        host: host, path: MTASTSDiscovery.policyPath, addresses: addresses, limits: .policy),
      case .response(let response) = await documents.fetch(request).outcome, response.status == 200,
      response.ending == .complete
    else { return .unknown }
    let policy = MTASTSPolicy(response.body.octets)
    return policy.usability == .ok ? .served(policy) : .unknown
  }

  package var policy: MTASTSPolicy? {
    switch self {
    case .served(let policy): policy
    case .notAnnounced, .unknown: nil
    }
  }
}
