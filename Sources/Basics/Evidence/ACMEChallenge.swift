package import DNSData

/// Where an authority looks for the answer to its challenge of type HTTP-01 (RFC 8555 §8.3).
package enum ACMEChallenge {
  /// The token is none that an authority has given: whatever the answer is, the port is open.
  package static let path = "/.well-known/acme-challenge/mailaudit"

  /// At one address alone; nil for a name that no URL can hold.
  package static func request(of host: Name, at address: IPAddress) -> FetchRequest? {
    try? FetchRequest(.http, host: host, path: path, addresses: [address], limits: .challenge)
  }
}
