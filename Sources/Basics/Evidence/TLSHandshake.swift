/// What one TLS handshake showed, each fact by itself: that TLS was offered, that the handshake was completed and
/// on what terms, and the certificates as they were sent. What the certificates are worth is in
/// `CertificateVerdicts`; no handshake fails because of them.
package import DNSData

/// Whether the server said that it speaks TLS.
package enum TLSOffering: String, Hashable, Sendable, Codable {
  /// The port speaks nothing else (RFC 8314 §3).
  case implicit
  /// STARTTLS or STLS among the capabilities.
  case announced
  case notAnnounced
}

package struct TLSHandshake: Hashable, Sendable, Codable {
  package enum Result: Hashable, Sendable, Codable {
    case completed(TLSParameters)
    case failed(TLSFailure)
  }

  package let policy: TLSPolicy
  /// The name in the ClientHello (RFC 6066 §3).
  package let serverName: Name?
  /// What the ClientHello offered (RFC 7301).
  package let applicationProtocols: [String]
  package let result: Result
  /// The server's own certificate first; also of a handshake that failed after it was sent.
  package let chain: [ForeignOctets]
  /// What the server says about the revocation of its certificate, which it was asked for (RFC 6066 §8); what it is
  /// worth is in `CertificateVerdicts`. nil where it says nothing.
  package let stapledResponse: ForeignOctets?

  package init(
    policy: TLSPolicy, serverName: Name?, applicationProtocols: [String], result: Result,
    chain: [ForeignOctets], stapledResponse: ForeignOctets? = nil
  ) {
    self.policy = policy
    self.serverName = serverName
    self.applicationProtocols = applicationProtocols
    self.result = result
    self.chain = chain
    self.stapledResponse = stapledResponse
  }
}

/// What the ClientHello offers.
package enum TLSPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// TLS 1.2 and 1.3 as OpenSSL offers them by default.
  case modern
  /// TLS 1.0 and 1.1 alone, with everything that the library still has.
  case legacy
  /// As `modern`, for servers with an RSA certificate alone.
  case rsaOnly
  /// As `modern`, for servers with an ECDSA certificate alone.
  case ecdsaOnly
  /// TLS 1.2 with signatures over SHA-1 alone.
  case sha1Only
}

/// What both sides agreed on.
package struct TLSParameters: Hashable, Sendable, Codable {
  package let version: TLSVersion
  package let cipherSuite: CipherSuite
  /// The group of the key exchange, as OpenSSL calls it; nil where none was named: static RSA, and finite fields
  /// of the server's own before TLS 1.3.
  package let group: String?
  /// The size of the server's ephemeral key; nil without forward secrecy.
  package let ephemeralBits: Int?
  /// What the server signed the handshake with, "RSA-PSS+SHA256" say; nil where it signed nothing.
  package let peerSignature: String?
  /// What the server chose (RFC 7301 §3.2).
  package let applicationProtocol: String?
  /// What TLS 1.3 has no need of.
  package let protections: TLSProtections?

  package init(
    version: TLSVersion, cipherSuite: CipherSuite, group: String?, ephemeralBits: Int?,
    peerSignature: String?,
    applicationProtocol: String?, protections: TLSProtections? = nil
  ) {
    self.version = version
    self.cipherSuite = cipherSuite
    self.group = group
    self.ephemeralBits = ephemeralBits
    self.peerSignature = peerSignature
    self.applicationProtocol = applicationProtocol
    self.protections = protections
  }
}

/// Extensions that mend a version up to TLS 1.2; they are always offered.
package struct TLSProtections: Hashable, Sendable, Codable {
  /// RFC 7627.
  package let extendedMasterSecret: Bool
  /// RFC 5746.
  package let secureRenegotiation: Bool

  package init(extendedMasterSecret: Bool, secureRenegotiation: Bool) {
    self.extendedMasterSecret = extendedMasterSecret
    self.secureRenegotiation = secureRenegotiation
  }
}

package struct CipherSuite: Hashable, Sendable, Codable {
  /// Of the IANA registry.
  package let code: UInt16
  package let name: String

  package init(code: UInt16, name: String) {
    self.code = code
    self.name = name
  }
}

/// As on the wire (RFC 8446 §4.2.1).
package struct TLSVersion: RawRepresentable, Hashable, Sendable, Codable, Comparable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let tls10 = TLSVersion(rawValue: 0x0301)
  package static let tls11 = TLSVersion(rawValue: 0x0302)
  package static let tls12 = TLSVersion(rawValue: 0x0303)
  package static let tls13 = TLSVersion(rawValue: 0x0304)

  package static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }
}

extension TLSVersion: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tls10: "TLS 1.0"
    case .tls11: "TLS 1.1"
    case .tls12: "TLS 1.2"
    case .tls13: "TLS 1.3"
    default: "TLS version 0x" + String(rawValue, radix: 16)
    }
  }
}

/// Who ended a connection that was to speak TLS, and how.
package enum TLSFailure: Error, Hashable, Sendable, Codable {
  /// The server refused with this alert (RFC 8446 §6.2).
  case alert(UInt8)
  /// The server closed the connection after sending so many octets. Some refuse in this way.
  case endOfStream(received: Int)
  case reset
  /// The deadline of the conversation.
  case timedOut
  /// What came is not TLS at all.
  case notTLS
  /// The server chose a version that was not offered to it.
  case versionNotOffered
  /// What the server sent is no correct TLS; the reason in OpenSSL's words.
  case protocolError(String)
  /// The server sent more than is taken.
  case limit(TLSLimit)
  /// The fault is on this side.
  case ownFailure(String)
}

package enum TLSLimit: String, Hashable, Sendable, Codable {
  /// One message, usually the one with the certificates.
  case message
  case handshake
}
