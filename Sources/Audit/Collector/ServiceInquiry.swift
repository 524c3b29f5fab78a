import DNSData
import Evidence
import MailDiscovery

// What is asked of the names by which clients find their mail servers.

extension Inquiry {
  /// Hosts to which SRV records lead; eight services of one or two hosts each are many.
  static let maximumServiceTargets = 20

  func services(_ known: KnownAnswers) -> Set<Question> {
    var questions = Set(
      MailService.allCases.compactMap { $0.owner(for: request.domain) }.map { Question($0, .srv) })
    questions.formUnion(serviceTargets(known).flatMap { [Question($0, .a), Question($0, .aaaa)] })
    for name in ClientConfigurationHost.allCases.compactMap({ $0.name(for: request.domain) }) {
      questions.insert(Question(name, .a))
      // No such name is none for either family; an address is enough to know that the host is there.
      if case .noData = known(Question(name, .a))?.outcome { questions.insert(Question(name, .aaaa)) }
    }
    return questions
  }

  private func serviceTargets(_ known: KnownAnswers) -> [Name] {
    let owners = MailService.allCases.compactMap { $0.owner(for: request.domain) }
    let records = owners.flatMap { known(Question($0, .srv))?.records ?? [] }
    let names = records.compactMap { if case .srv(let srv) = $0.data { srv.target } else { nil } }
    return Array(Set(names.filter { !$0.isRoot }).sorted().prefix(Self.maximumServiceTargets))
  }
}
