package import DNSData
package import Evidence

/// A TLS handshake from the first octet on, after which nothing is said: for ports that need not be a mail server's.
package struct HandshakeRequest: Hashable, Sendable {
  package let address: IPAddress
  package let port: UInt16
  /// As in `ProbeRequest`.
  package let serverName: Name?
  package let policy: TLSPolicy

  package init(_ address: IPAddress, port: UInt16, serverName: Name?, policy: TLSPolicy = .modern) {
    self.address = address
    self.port = port
    self.serverName = serverName
    self.policy = policy
  }
}

package enum HandshakeOutcome: Hashable, Sendable {
  /// The server took the connection; the handshake may have failed. No verdicts without a readable certificate or
  /// without a CA store.
  case answered(TLSHandshake, CertificateVerdicts?)
  // As in `ServerProbe.Outcome`.
  case refused
  case timedOut
  case unreachable
  case notTried(ServerProbe.Hindrance)
}
