/// One document asked for over HTTPS, and what came back: a response, whole or in part, or the reason why there is
/// none. No failure ever means that a document does not exist; only a response says that.
package import DNSData

package struct HTTPFetch: Hashable, Sendable, Codable {
  package let request: FetchRequest
  package let outcome: FetchOutcome
  /// The address that a connection was established with; nil where there was none.
  package let responder: IPAddress?
  /// Addresses of the request that were not connected to, because they are special-purpose ones.
  package let withheld: [IPAddress]
  /// The server's own, in DER; nil where no response came over TLS.
  package let certificate: ForeignOctets?
  package let started: Timestamp

  package init(
    _ request: FetchRequest, _ outcome: FetchOutcome, from responder: IPAddress? = nil,
    withheld: [IPAddress] = [], certificate: ForeignOctets? = nil,
    at started: Timestamp
  ) {
    self.request = request
    self.outcome = outcome
    self.responder = responder
    self.withheld = withheld
    self.certificate = certificate
    self.started = started
  }

  package var response: HTTPResponse? {
    if case .response(let response) = outcome { response } else { nil }
  }

  package var failure: FetchFailure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }
}

/// Whoever can fetch documents: the network, a saved audit.
package protocol FetchSource: Sendable {
  /// Always answers; a failure is an outcome, not an error.
  func fetch(_ request: FetchRequest) async -> HTTPFetch
}

package enum FetchOutcome: Hashable, Sendable, Codable {
  /// A status line came and all the fields behind it; the body perhaps not.
  case response(HTTPResponse)
  case failure(FetchFailure)
}

/// What a server said, as it said it: redirects are not followed, content codings not undone.
package struct HTTPResponse: Hashable, Sendable, Codable {
  package let status: Int
  /// The first Content-Type field; nil without one.
  package let contentType: ForeignOctets?
  /// Where a redirect leads: the first Location field.
  package let location: ForeignOctets?
  /// At most as many octets as the request allows.
  package let body: ForeignOctets
  package let ending: BodyEnding

  package init(
    status: Int, contentType: ForeignOctets?, location: ForeignOctets?, body: ForeignOctets,
    ending: BodyEnding
  ) {
    self.status = status
    self.contentType = contentType
    self.location = location
    self.body = body
    self.ending = ending
  }

  package var isRedirect: Bool { (300...399).contains(status) }
}

package enum BodyEnding: Hashable, Sendable, Codable {
  case complete
  /// There was more than the request allows.
  case limitReached
  /// The rest did not come.
  case interrupted(FetchFailure)
}

/// Why there is no response, or no more of it.
package enum FetchFailure: Error, Hashable, Sendable, Codable {
  /// Every address refused the connection, the last one at least.
  case refused
  /// No route there, or none from here.
  case unreachable
  case timedOut(FetchPhase)
  /// The server closed or reset the connection.
  case connectionLost(FetchPhase)
  /// The server's certificate was refused, for the first reason that the check came upon.
  case certificate(CertificateRefusal)
  /// The handshake failed for another reason: no TLS at all, no common version, an alert.
  case handshake
  /// What came is no HTTP.
  case notHTTP
  /// The status line and the fields are over a limit.
  case headTooLarge
  /// All addresses are special-purpose ones; nothing was sent.
  case addressesWithheld
  /// The audit ended first.
  case cancelled
  /// The fault is on this side; libcurl's words for it.
  case ownFailure(String)

  /// It says nothing about the server.
  package var isNotTested: Bool {
    switch self {
    case .addressesWithheld, .cancelled, .ownFailure: true
    case .refused, .unreachable, .timedOut, .connectionLost, .certificate, .handshake, .notHTTP,
      .headTooLarge:
      false
    }
  }
}

package enum FetchPhase: String, Hashable, Sendable, Codable, CaseIterable {
  case connecting, handshake, exchange
}

package enum CertificateRefusal: Hashable, Sendable, Codable {
  case expired
  case notYetValid
  /// None of its subjectAltNames is the host.
  case nameMismatch
  case selfSigned
  /// The chain ends in a root that the CA store does not have.
  case unknownRoot
  /// The issuer of the last certificate is neither in the chain nor in the store.
  case issuerMissing
  /// By OpenSSL's X509_V_ERR number.
  case other(Int)
}
