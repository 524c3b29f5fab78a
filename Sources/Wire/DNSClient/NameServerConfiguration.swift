// What a client of single name servers is told at its start.

package import DNSData

package struct NameServerConfiguration: Sendable {
  /// For one question over both tries and transports, from the moment it is first sent.
  package var timeout: Duration = .seconds(5)
  /// Questions in flight to one server at most: it is a stranger's.
  package var maximumInFlight = 16
  /// Over all servers. Each may hold a socket and a connection; well below the 1024 descriptors that a process usually
  /// has.
  package var questionsAtOnce = 128
  /// Different questions sent in this run at most, so that nobody's zone makes an amplifier of an audit.
  package var questionBudget = 20_000
  /// Special-purpose networks that are meant here.
  package var allowedNetworks: [IPNetwork] = []
  /// Servers that no domain named, but who runs the audit: asked wherever they are.
  package var exempt: Set<ServerAddress> = []
  /// Stamps the answers.
  package var clock: @Sendable () -> Timestamp

  package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }
}

/// What a client of name servers has done so far; plain counts.
package struct NameServerStatistics: Hashable, Sendable {
  /// Different questions sent on their way.
  package var questions = 0
  /// Callers served from a look-up that another caller had begun or finished.
  package var shared = 0
  package var datagramsSent = 0
  package var datagramsMismatched = 0
  package var streamExchanges = 0
}
