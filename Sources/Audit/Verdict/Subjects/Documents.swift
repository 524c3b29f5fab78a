import DNSData
package import Evidence

/// A document that was asked for over HTTP, and what is certain about it: failures that may be those of this side or of
/// the moment are gaps.
package struct Document: Hashable, Sendable {
  package enum Finding: Hashable, Sendable {
    /// Its body is whole, or was cut at the limit.
    case response(HTTPResponse)
    /// The certificate of the server was refused.
    case certificate(CertificateRefusal)
    case broken(BrokenServer)
  }

  package let fetch: HTTPFetch
  package let finding: Finding

  package var response: HTTPResponse? {
    if case .response(let response) = finding { response } else { nil }
  }

  /// The body, if all of it came with status 200.
  package var body: [UInt8]? {
    guard let response, response.status == 200, response.ending == .complete else { return nil }
    return response.body.octets
  }

  /// Where something is wrong with it; the address where one alone can have said so.
  package var place: Place { fetch.place }

  package func fault(
    severity: Severity? = nil, _ message: Message, observed: Message? = nil, expected: Message? = nil,
    link: BrokenLink? = nil
  ) -> Fault {
    Fault(
      at: place, saidBy: place.server ?? .nobody, severity: severity, message, observed: observed,
      expected: expected, link: link)
  }

  /// nil where nothing is certain; then there is a gap.
  static func observe(_ fetch: HTTPFetch) -> (document: Document?, gaps: [Gap]) {
    func gap(_ reason: Gap.Reason) -> (Document?, [Gap]) { (nil, [Gap(fetch.place, reason)]) }
    switch fetch.outcome {
    case .failure(let failure):
      if let finding = Finding(failure) { return (Document(fetch: fetch, finding: finding), []) }
      return gap(Gap.Reason(failure))
    case .response(let response):
      // RFC 9110 §15.5.9, §15.6.4, RFC 6585 §4: of the moment, or of this client.
      if [408, 429, 503].contains(response.status) { return gap(.noDocument(.putOff(response.status))) }
      if case .interrupted(let failure) = response.ending, response.status == 200 {
        return gap(Gap.Reason(failure))
      }
      return (Document(fetch: fetch, finding: .response(response)), [])
    }
  }
}

/// What a server did that proves that nobody gets a document from it.
package enum BrokenServer: Hashable, Sendable {
  case refused
  /// No TLS, or none that a client of today speaks.
  case handshake
  case notHTTP
  case headTooLarge
}

extension HTTPFetch {
  fileprivate var place: Place {
    let asked = request.addresses.filter { !withheld.contains($0) }
    return Place(
      request.host, address: responder ?? (asked.count == 1 ? asked.first : nil), port: request.port)
  }
}

extension Document.Finding {
  /// nil for what proves nothing.
  fileprivate init?(_ failure: FetchFailure) {
    switch failure {
    case .certificate(let refusal): self = .certificate(refusal)
    case .refused: self = .broken(.refused)
    case .handshake: self = .broken(.handshake)
    case .notHTTP: self = .broken(.notHTTP)
    case .headTooLarge: self = .broken(.headTooLarge)
    case .unreachable, .timedOut, .connectionLost, .addressesWithheld, .cancelled, .ownFailure: return nil
    }
  }
}

extension Gap.Reason {
  fileprivate init(_ failure: FetchFailure) {
    switch failure {
    case .addressesWithheld: self = .notTested(.addressNotAllowed)
    case .cancelled: self = .notTested(.auditEnded)
    case .ownFailure: self = .notTested(.noFetchHere)
    case .refused, .unreachable, .timedOut, .connectionLost, .certificate, .handshake, .notHTTP,
      .headTooLarge:
      self = .noDocument(.failed(failure))
    }
  }
}

extension Facts {
  /// nil if it was not asked for.
  func fetch(_ scheme: FetchRequest.Scheme = .https, at host: Name, _ path: String) -> HTTPFetch? {
    // Of all addresses; another one may have asked some of them alone.
    fetches(scheme, at: host, path).max { $0.request.addresses.count < $1.request.addresses.count }
  }

  /// The one from the IPv6 addresses alone, of a host that has others too.
  func fetchOverIPv6(at host: Name, _ path: String) -> HTTPFetch? {
    let all = fetches(.https, at: host, path)
    guard all.count > 1 else { return nil }
    return all.first { $0.request.addresses.allSatisfy { $0.family == .v6 } }
  }

  func fetches(_ scheme: FetchRequest.Scheme, at host: Name, _ path: String) -> [HTTPFetch] {
    snapshot.fetches.filter {
      $0.request.scheme == scheme && $0.request.host == host && $0.request.path == path
    }
  }
}

// MARK: - Words

extension Document {
  /// What it did instead of answering with the document: "answers 404", "refuses the connection".
  package var words: Message {
    switch finding {
    case .response(let response): "answers \(response.status)"
    case .certificate(let refusal): "shows a certificate that \(refusal.words)"
    case .broken(let broken): "\(own: broken.words)"
    }
  }
}

extension BrokenServer {
  package var words: String {
    switch self {
    case .refused: "refuses the connection"
    case .handshake: "speaks no TLS that clients of today can use"
    case .notHTTP: "answers with something that is not HTTP"
    case .headTooLarge: "answers with more header fields than clients take"
    }
  }
}

extension CertificateRefusal {
  /// "has expired".
  package var words: Message {
    switch self {
    case .expired: "has expired, or another of its chain has"
    case .notYetValid: "is not valid yet"
    case .nameMismatch: "is for other names"
    case .selfSigned: "is signed by itself"
    case .unknownRoot: "leads to a root that is not in the CA store"
    case .issuerMissing: "comes without the certificates between it and a root in the CA store"
    case .other(let code): "cannot be verified (OpenSSL's error \(code))"
    }
  }
}
