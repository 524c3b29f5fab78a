package import Crypto
package import DNSData
internal import Evidence
internal import NIOCore
internal import SMTP

package struct MailClientConfiguration: Sendable {
  /// The name for EHLO; without one the address of the connection is used (RFC 5321 §4.1.3).
  package var clientName: Name?
  /// Special-purpose networks that are meant here.
  package var allowedNetworks: [IPNetwork] = []
  /// Of one conversation, the connection included.
  package var timeout = Duration.seconds(30)
  package var connectTimeout = Duration.seconds(10)
  /// Connections of the whole run.
  package var connectionBudget = 1000
  /// At the same time; well below the 1024 descriptors that a process usually has.
  package var connectionsAtOnce = 128
  /// nil if this machine has no CA store: certificates are then not judged.
  package var trust: TrustStore?
  package var clock: @Sendable () -> Timestamp
  /// The moment that certificates are judged at, if it is not the clock's.
  package var judgedAt: Timestamp?

  package init(trust: TrustStore?, clock: @escaping @Sendable () -> Timestamp) {
    self.trust = trust
    self.clock = clock
  }

  func now() -> Timestamp { judgedAt ?? clock() }

  // A configuration is not foreign, but NIO traps on overflow.
  private static let longest = Duration.seconds(3600)
  var timeAmount: TimeAmount { TimeAmount(min(max(timeout, .milliseconds(1)), Self.longest)) }
  var connectTimeAmount: TimeAmount { TimeAmount(min(max(connectTimeout, .milliseconds(1)), Self.longest)) }

  func clientName(from local: IPAddress?) -> SMTPClientName {
    if let clientName { return .host(clientName) }
    return .literal(local ?? .v4(IPv4Address(rawValue: 0x7f00_0001)))
  }
}
