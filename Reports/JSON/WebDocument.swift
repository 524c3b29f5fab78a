import DNSData
import Evidence
import Verdict

/// One fetched document in the JSON report.
struct WebDocument: Encodable {
  let url: String
  let purpose: String
  let overIPv6Alone: Bool?
  let address: String?
  let status: Int?
  let outcome: String
  let problem: String?
  let certificate: String?

  init(_ row: DocumentRow) {
    url = row.url
    purpose = row.purpose.rawValue
    overIPv6Alone = row.isOverIPv6Alone ? true : nil
    address = row.address?.description
    status = row.status
    outcome = row.finding.key
    problem = row.finding.isGood ? nil : row.sentence
    certificate =
      if case .failed(.certificate(let refusal)) = row.finding { refusal.key } else { nil }
  }
}

extension DocumentRow.Finding {
  fileprivate var isGood: Bool { self == .usable || self == .answered }

  /// Stable names.
  fileprivate var key: String {
    switch self {
    case .usable: "usable"
    case .answered: "answered"
    case .faulty: "faulty"
    case .absent: "absent"
    case .locked: "locked"
    case .redirected: "redirected"
    case .failed: "failed"
    }
  }
}

extension CertificateRefusal {
  fileprivate var key: String {
    switch self {
    case .expired: "expired"
    case .notYetValid: "notYetValid"
    case .nameMismatch: "nameMismatch"
    case .selfSigned: "selfSigned"
    case .unknownRoot: "unknownRoot"
    case .issuerMissing: "issuerMissing"
    case .other: "other"
    }
  }
}
