/// What a certificate says (RFC 5280 §4.1), copied out of libcrypto. Nothing in it is believed here: paths are
/// judged by `TrustStore`, names by `nameVerdict`, TLSA records by `DANEAuthentication`.
///
/// No address in a certificate (AIA, CRL, OCSP) is ever fetched.
package import DNSData

package struct Certificate: Hashable, Sendable {
  package let der: [UInt8]
  /// RFC 4514 in ASCII: control and non-ASCII octets are escaped.
  package let subject: String
  package let issuer: String
  /// The first organisation in the issuer's name; nil without one.
  package let issuerOrganization: String?
  package let subjectAltName: SubjectAltName
  /// nil for a date that is none, in this and the next.
  package let notBefore: Timestamp?
  package let notAfter: Timestamp?
  package let key: CertificateKey
  /// "ecdsa-with-SHA256", say; an object identifier where libcrypto has no name.
  package let signatureAlgorithm: String
  /// "SHA256", say; nil where the algorithm has no digest of its own (Ed25519) or is not known.
  package let signatureDigest: String?
  /// Issued by its own subject and signed by its own key.
  package let isSelfSigned: Bool
  /// Without extended key usage, or with serverAuth or any purpose in it (RFC 5280 §4.2.1.12). Also true where that
  /// cannot be read.
  package let isForServers: Bool
  /// The server has to prove by a stapled response that it is not revoked (RFC 7633 §4.2.3).
  package let mustStaple: Bool
  /// The magnitude, big endian.
  package let serial: [UInt8]
  /// Of the whole certificate.
  package let sha256: [UInt8]
  /// In DER.
  package let subjectPublicKeyInfo: [UInt8]

  /// A chain of that size is the most that a handshake takes.
  package static let maximumOctets = 102_400

  /// Reads DER that must fill `der` exactly.
  package init(der: [UInt8]) throws(CertificateError) {
    let handle = try CertificateHandle(der: der)
    self = handle.read(der: der)
  }

  init(
    der: [UInt8], subject: String, issuer: String, issuerOrganization: String?,
    subjectAltName: SubjectAltName, notBefore: Timestamp?,
    notAfter: Timestamp?, key: CertificateKey, signatureAlgorithm: String, signatureDigest: String?,
    isSelfSigned: Bool, isForServers: Bool, mustStaple: Bool, serial: [UInt8], subjectPublicKeyInfo: [UInt8]
  ) {
    self.der = der
    self.subject = subject
    self.issuer = issuer
    self.issuerOrganization = issuerOrganization
    self.subjectAltName = subjectAltName
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.key = key
    self.signatureAlgorithm = signatureAlgorithm
    self.signatureDigest = signatureDigest
    self.isSelfSigned = isSelfSigned
    self.isForServers = isForServers
    self.mustStaple = mustStaple
    self.serial = serial
    sha256 = Digest.sha256(der)
    self.subjectPublicKeyInfo = subjectPublicKeyInfo
  }
}

package enum CertificateError: Error, Hashable {
  case notACertificate
  /// Octets follow the certificate.
  case trailingOctets(Int)
  case tooLarge
  case emptyChain
  /// A name that no certificate can be for: the root, or one with octets other than letters, digits, `-`, `_`.
  case unusableName
  /// libcrypto has no memory.
  case outOfMemory
}

/// RFC 5280 §4.2.1.6; the kinds of names that servers are known by.
package struct SubjectAltName: Hashable, Sendable {
  /// As they are: may hold NUL, anything.
  package let dnsNames: [[UInt8]]
  package let addresses: [IPAddress]
  /// Names of other kinds, and addresses of no known length.
  package let others: Int
  package let standing: Standing

  package enum Standing: Hashable, Sendable {
    case present
    case absent
    /// There, but no GeneralNames, or there more than once.
    case malformed
  }
}

package struct CertificateKey: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case rsa
    case rsaPSS
    /// As OpenSSL calls it; nil where the parameters name no curve.
    case ec(curve: String?)
    case ed25519
    case ed448
    case dsa
    /// Not known to libcrypto, or not readable: the name of the algorithm or its object identifier.
    case other(name: String)
  }

  package let kind: Kind
  /// nil where the key could not be read.
  package let bits: Int?
}
