import DMARC
import DNSData
import Evidence
import PublicSuffix
import TLSRPT
import URISyntax

// What is asked of the hosts to which the domain has reports sent.

extension Inquiry {
  /// Destinations of each kind of report; a record of one string holds some ten.
  static let maximumDestinations = 10

  func reports(_ known: KnownAnswers) -> Set<Question> {
    failureAndAggregateReports(known).union(tlsReports(known))
  }

  private func failureAndAggregateReports(_ known: KnownAnswers) -> Set<Question> {
    guard case .result(let discovery) = DMARCDiscovery.evaluate(domain: request.domain, answers: known),
      case .found(let policy) = discovery.policy
    else { return [] }
    var questions: Set<Question> = []
    for reports in [policy.record.settings.aggregateReports, policy.record.settings.failureReports] {
      for host in reports.compactMap(\.destinationHost).prefix(Self.maximumDestinations) {
        questions.formUnion(mailHost(host, known))
        guard !SuffixList.shareOrganisation(host, policy.location) else { continue }
        let authorization = DMARCReportAuthorization.evaluate(
          policyDomain: policy.location, destinationHost: host, answers: known)
        questions.formUnion(authorization.needed)
      }
    }
    return questions
  }

  private func tlsReports(_ known: KnownAnswers) -> Set<Question> {
    guard case .result(let discovery) = TLSRPTDiscovery.evaluate(domain: request.domain, answers: known),
      case .record(let record) = discovery.finding
    else { return [] }
    var questions: Set<Question> = []
    for destination in record.destinations.prefix(Self.maximumDestinations) {
      if let domain = destination.mailbox?.domain {
        questions.formUnion(mailHost(domain, known))
      } else if let host = destination.hostName {
        questions.formUnion([Question(host, .a), Question(host, .aaaa)])
      }
    }
    return questions
  }

  /// Where mail for a domain goes: to its MX hosts, or without MX records to its own addresses (RFC 5321 §5.1).
  private func mailHost(_ domain: Name, _ known: KnownAnswers) -> Set<Question> {
    let exchangers = Question(domain, .mx)
    guard case .noData = known(exchangers)?.outcome else { return [exchangers] }
    return [exchangers, Question(domain, .a), Question(domain, .aaaa)]
  }
}
