package import DNSData
package import Evidence
package import Expectation

/// What an expected configuration wants of a domain, judged by what one server alone says, as an audit would.
package struct ExpectedPublication: PublicationMeasure {
  package let awaited: [AwaitedRecords]
  private let site: ExpectedSite
  private let request: AuditRequest
  private let moment: Timestamp

  /// Which keys sign is a matter of the moment.
  package init(of domain: ExpectedDomain, in site: ExpectedSite, at moment: Timestamp) {
    self.site = site
    self.moment = moment
    request = AuditRequest(domain: domain.name, probeLabel: "").expecting(site, at: moment)
    awaited = site.wanted(for: domain).map {
      AwaitedRecords($0.name, $0.type, $0.records, questions: $0.questions)
    }
  }

  package func states(_ answers: KnownAnswers) -> [ServedState] {
    var snapshot = Snapshot(
      request: request, environment: Environment(resolvers: [], zoneFiles: [], suffixList: ""),
      started: moment)
    for answer in Set(awaited.flatMap(\.questions)).compactMap(answers) { snapshot.add(answer, round: 1) }
    return Facts(snapshot, expecting: site).wantedSets.map(\.served)
  }
}

extension WantedSetFinding {
  /// What is there beside all that is wanted is nothing to wait for.
  fileprivate var served: ServedState {
    switch self {
    case .compared(let comparison):
      switch comparison.standing {
      case .matches, .extra: .served
      case .missing, .wrong:
        .lacking(comparison.lacking, instead: comparison.answer.aliases + comparison.published)
      }
    case .unknown(_, let gap):
      if case .failed(let answer) = gap.reason {
        .unknown(answer.failure ?? .limitReached)
      } else {
        .unknown(.limitReached)
      }
    }
  }
}
