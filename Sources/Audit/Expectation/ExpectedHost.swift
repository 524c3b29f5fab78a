package import DNSData
package import Evidence

/// A mail server: its names, its addresses, its ports, its keys.
package struct ExpectedHost: Hashable, Sendable {
  /// The service name: what MX and SRV records point to, and certificates show.
  package let name: Name
  /// Exactly those of its A and AAAA records. Empty: the file does not tell them.
  package var addresses: [IPAddress]
  /// What it says in HELO, and what its PTR records say (SNM `sendingFqdn`); by default its name.
  package var helo: Name
  /// Those that mail leaves from; by default all its addresses.
  package var sendingAddresses: [IPAddress]
  /// Ports that must answer, and ports that must not; others may do either.
  package var services: [ProbedService: ExpectedPort]
  /// The keys of its certificates: the one in use, and the next. Empty: no TLSA records are wanted.
  package var pins: [ExpectedPin]
  /// How the certificate authority sees that the name is the operator's; nil: not known.
  package var validation: ACMEValidation?
  /// The name of a webmail host, served over HTTPS at the addresses of this host.
  package var webmail: Name?
  package var ttl: UInt32?

  package init(_ name: Name, addresses: [IPAddress] = []) {
    self.name = name
    self.addresses = addresses
    helo = name
    sendingAddresses = addresses
    services = [:]
    pins = []
  }
}

package enum ExpectedPort: String, Hashable, Sendable, CaseIterable {
  case open, closed
}

/// The types of challenges by which certificates come over ACME (RFC 8555 §8, RFC 8737).
package enum ACMEValidation: String, Hashable, Sendable, CaseIterable {
  case http = "http-01"
  case dns = "dns-01"
  case tlsALPN = "tls-alpn-01"
}

/// A key that certificates of a host are made with, as TLSA records name it: DANE-EE(3), SPKI(1), SHA2-256(1), which
/// RFC 7672 §3.1.1 recommends.
package struct ExpectedPin: Hashable, Sendable {
  package enum Stage: String, Hashable, Sendable, CaseIterable {
    /// In use.
    case current
    /// To be used after the current one.
    case next
  }

  package let stage: Stage
  /// SHA2-256 of the SubjectPublicKeyInfo, 32 octets.
  package let digest: [UInt8]
  /// The file that it was read from.
  package let file: String

  package init(_ stage: Stage, digest: [UInt8], file: String) {
    self.stage = stage
    self.digest = digest
    self.file = file
  }

  package var record: TLSA { TLSA(usage: 3, selector: 1, matchingType: 1, association: digest) }
}
