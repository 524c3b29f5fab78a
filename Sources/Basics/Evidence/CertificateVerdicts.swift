/// What a chain of certificates was found to be worth, each question by itself: a certificate can be trusted and
/// expired, in date and for another name. Kept in the Snapshot, since the CA store is no part of it.
package import DNSData

package struct CertificateVerdicts: Hashable, Sendable, Codable {
  package let trust: TrustVerdict
  package let dates: DateVerdict
  /// One for each name that was asked.
  package let names: [NameVerdict]
  /// Of the server's own certificate; nil where the server said nothing about it.
  package let revocation: RevocationVerdict?
  /// The moment that the dates were compared with.
  package let time: Timestamp
  package let store: TrustStoreIdentity

  package init(
    trust: TrustVerdict, dates: DateVerdict, names: [NameVerdict], revocation: RevocationVerdict? = nil,
    time: Timestamp, store: TrustStoreIdentity
  ) {
    self.trust = trust
    self.dates = dates
    self.names = names
    self.revocation = revocation
    self.time = time
    self.store = store
  }
}

/// Whether a path leads to the CA store (RFC 5280 §6), apart from dates, names, and the strength of keys and
/// digests.
package enum TrustVerdict: Hashable, Sendable, Codable {
  case trusted
  case untrusted(PathError)
}

/// Why OpenSSL found no path, or refused it.
package struct PathError: Error, Hashable, Sendable, Codable {
  /// One of OpenSSL's X509_V_ERR numbers.
  package let code: Int
  /// OpenSSL's words for it.
  package let reason: String
  /// 0 is the server's own certificate.
  package let depth: Int

  package init(code: Int, reason: String, depth: Int) {
    self.code = code
    self.reason = reason
    self.depth = depth
  }

  package enum Kind: Hashable, Sendable, CaseIterable {
    case selfSigned
    /// The chain ends in a root that the store does not have.
    case unknownRoot
    /// The issuer of the last certificate is neither in the chain nor in the store.
    case issuerMissing
    case date
    case name
    /// The certificate is not for servers, or its issuer is no CA.
    case purpose
    case signature
    /// No TLSA record matches (RFC 7671).
    case noTLSAMatch
    case other
  }

  // The numbers of x509_vfy.h, which are part of OpenSSL's interface.
  package var kind: Kind {
    switch code {
    case 18: .selfSigned
    case 19: .unknownRoot
    case 2, 20, 21: .issuerMissing
    case 9, 10, 13, 14: .date
    case 62, 64: .name
    case 25, 26, 27, 28, 32, 37, 79: .purpose
    case 4, 6, 7, 24: .signature
    case 65: .noTLSAMatch
    default: .other
    }
  }
}

/// The first certificate out of its dates, the server's own first, then along the path; where there is no path,
/// of the server's own.
package enum DateVerdict: Hashable, Sendable, Codable {
  case inDate
  case expired(Timestamp, depth: Int)
  case notYetValid(Timestamp, depth: Int)
  /// A date that is none.
  case unreadable(depth: Int)
}

/// What the response that the server stapled to its handshake (RFC 6066 §8) says about its own certificate.
package enum RevocationVerdict: Hashable, Sendable, Codable {
  case notRevoked
  /// The authority took the certificate back; when is nil where the response gives no date.
  case revoked(Timestamp?, RevocationReason?)
  /// It proves nothing: not signed by the certificate's authority, of another certificate, of another time, no
  /// response at all, or one that says that the authority does not know.
  case unusable
}

/// RFC 5280 §5.3.1.
package enum RevocationReason: Int, Hashable, Sendable, Codable, CaseIterable {
  case unspecified = 0
  case keyCompromise = 1
  case cACompromise = 2
  case affiliationChanged = 3
  case superseded = 4
  case cessationOfOperation = 5
  case certificateHold = 6
  case removeFromCRL = 8
  case privilegeWithdrawn = 9
  case aACompromise = 10
}

/// Whether the server's own certificate is for the name or address, by its subjectAltName alone (RFC 9525 §6).
package struct NameVerdict: Hashable, Sendable, Codable {
  package let asked: ServerIdentity
  package let matches: Bool

  package init(asked: ServerIdentity, matches: Bool) {
    self.asked = asked
    self.matches = matches
  }
}

package enum ServerIdentity: Hashable, Sendable, Codable {
  case name(Name)
  case address(IPAddress)
}

/// Which CA store it was.
package struct TrustStoreIdentity: Hashable, Sendable, Codable {
  /// SHA-256, in hexadecimal digits, of the file.
  package let digest: String
  package let certificates: Int

  package init(digest: String, certificates: Int) {
    self.digest = digest
    self.certificates = certificates
  }
}
