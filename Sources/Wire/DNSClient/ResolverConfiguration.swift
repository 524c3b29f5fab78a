// What a resolver is told at its start.

package import DNSData
package import LDNS

package struct ResolverConfiguration: Sendable {
  /// Asked in this order; one that stays silent is asked after the others.
  package var servers: [ServerAddress]
  /// For one question over all servers, tries and transports, from the moment it is first sent.
  package var timeout: Duration = .seconds(5)
  /// How often a silent server is asked; waits double from one round to the next.
  package var tries = 2
  /// Questions in flight per server at most; pacing starts lower.
  package var maximumInFlight = 256
  package var recursion = Query.Recursion.desired
  package var checking = Query.Checking.enabled
  /// Different questions sent in this run at most, so that nobody's zone makes an amplifier of an audit.
  package var questionBudget = 10_000
  /// Stamps the answers.
  package var clock: @Sendable () -> Timestamp

  package init(servers: [ServerAddress], clock: @escaping @Sendable () -> Timestamp) {
    self.servers = servers
    self.clock = clock
  }
}

/// What a resolver has done so far; plain counts.
package struct ResolverStatistics: Hashable, Sendable {
  /// Times each question was sent on its way; none is ever above 1.
  package var asked: [Question: Int] = [:]
  /// Callers served from a look-up that another caller had begun or finished.
  package var shared = 0
  package var datagramsSent = 0
  package var datagramsAccepted = 0
  /// Datagrams that answer nothing that was asked: forged, broken, or with other case.
  package var datagramsMismatched = 0
  /// Second answers, and answers to what was given up.
  package var datagramsLate = 0
  package var streamExchanges = 0

  /// Different questions.
  package var questions: Int { asked.count }
}
