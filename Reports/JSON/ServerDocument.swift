import DNSData
import Evidence
import Verdict

/// One address and port in the JSON report.
struct ServerDocument: Encodable {
  let host: String
  let address: String
  let port: UInt16
  let `protocol`: String
  let security: String
  let outcome: String
  let problem: String?
  let tls: TLS?

  init(_ row: ServerRow) {
    host = row.host.display
    address = row.address.description
    port = row.service.port
    `protocol` = row.service.mailProtocol.word
    security = row.service.security.rawValue
    outcome = row.trouble?.key ?? "completed"
    problem = row.trouble?.sentence
    tls = row.tls.map(TLS.init)
  }

  struct TLS: Encodable {
    let version: String
    let suite: String
    let group: String?
    let signature: String?
    let trusted: Bool?
    let trustProblem: String?
    let nameMatches: Bool?
    let dates: String?
    let notAfter: String?
    let revoked: Bool?
    let tlsa: String
    let legacyVersion: String?

    init(_ facts: TLSFacts) {
      version = facts.parameters.version.description
      suite = facts.parameters.cipherSuite.name
      group = facts.parameters.group
      signature = facts.parameters.peerSignature
      trusted = facts.trust.map { $0 == .trusted }
      trustProblem = facts.trust.flatMap { $0 == .trusted ? nil : $0.sentence }
      nameMatches = facts.nameMatches
      dates = facts.dates?.key
      notAfter = facts.notAfter?.description
      revoked = facts.revocation?.isRevoked
      tlsa = facts.tlsa.rawValue
      legacyVersion = facts.legacyVersion?.description
    }
  }
}

extension ServerTrouble {
  /// Stable names.
  fileprivate var key: String {
    switch self {
    case .closed: "closed"
    case .noAnswer: "noAnswer"
    case .unreachable: "unreachable"
    case .notTested: "notTested"
    case .noStartTLS: "noStartTLS"
    case .startTLSRefused: "startTLSRefused"
    case .incomplete: "incomplete"
    }
  }
}

extension RevocationVerdict {
  /// nil where nothing is certain.
  var isRevoked: Bool? {
    switch self {
    case .notRevoked: false
    case .revoked: true
    case .unusable: nil
    }
  }
}

extension DateVerdict {
  var key: String {
    switch self {
    case .inDate: "inDate"
    case .expired: "expired"
    case .notYetValid: "notYetValid"
    case .unreadable: "unreadable"
    }
  }
}
