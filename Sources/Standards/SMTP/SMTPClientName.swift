/// The name with which EHLO presents the client (RFC 5321 §4.1.1.1, §4.1.3).
package import DNSData

package enum SMTPClientName: Hashable, Sendable {
  case host(Name)
  /// For a client that has no name: the address it connects from.
  case literal(IPAddress)
}

extension SMTPClientName: CustomStringConvertible {
  /// As it stands behind EHLO: printable, without a blank.
  package var description: String {
    switch self {
    case .host(let name): name.display
    case .literal(.v4(let address)): "[\(address)]"
    case .literal(.v6(let address)): "[IPv6:\(address)]"
    }
  }
}
