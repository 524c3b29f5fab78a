/// The fields of a TLSA record by their names (RFC 6698 §2.1, RFC 7218 §2), and where such records are.
package import DNSData

package enum TLSAUsage: UInt8, Hashable, Sendable, CaseIterable {
  case pkixTA = 0
  case pkixEE = 1
  case daneTA = 2
  case daneEE = 3

  /// A certificate must also be valid by the rules of the public certification authorities.
  package var needsPKIX: Bool {
    switch self {
    case .pkixTA, .pkixEE: true
    case .daneTA, .daneEE: false
    }
  }
}

package enum TLSASelector: UInt8, Hashable, Sendable, CaseIterable {
  case certificate = 0
  case publicKey = 1
}

package enum TLSAMatchingType: UInt8, Hashable, Sendable, CaseIterable {
  case full = 0
  case sha256 = 1
  case sha512 = 2

  /// Octets of the association data; nil where any length is possible (RFC 6698 §2.1.3).
  package var associationLength: Int? {
    switch self {
    case .full: nil
    case .sha256: 32
    case .sha512: 64
    }
  }
}

/// What a client is told about TLSA records by the standard for its protocol.
package enum DANEApplication: Hashable, Sendable {
  /// Mail to MX hosts: usages 0 and 1 are unusable (RFC 7672 §3.1.3).
  case smtp
  /// Services found by SRV records: all usages (RFC 7673 §4.1).
  case srv
}

/// Where records are (RFC 6698 §3).
package enum TLSAName {
  package static let smtpPort: UInt16 = 25
  /// Submission, IMAP and POP3 with TLS from the start or by STARTTLS, and ManageSieve.
  package static let clientPorts: [UInt16] = [465, 587, 143, 993, 995, 4190]

  /// The name below which all of a host's records for TCP are; nil if it would be too long for the DNS.
  package static func parent(of host: Name) -> Name? { try? host.prepending("_tcp") }

  /// `host` is the TLSA base domain; nil if the name would be too long for the DNS.
  package static func of(host: Name, port: UInt16 = smtpPort) -> Name? {
    try? host.prepending("_\(port)._tcp")
  }
}
