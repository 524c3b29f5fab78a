package import DNSData
import Evidence

/// Look-ups in an audited zone that none of its servers answers, each asked directly: that is no trouble of a resolver.
package struct FailedLookUp: Sendable {
  package let answer: Answer
  /// All of the zone that were asked.
  package let views: [NameServerView]

  fileprivate init?(_ answer: Answer, in facts: Facts) {
    guard answer.failure != nil, answer.failure != .bogus else { return nil }
    let question = answer.question
    let zones = facts.zoneServers.subjects.filter { question.name.isAtOrBelow($0.zone) }
    guard let zone = zones.max(by: { $0.zone.labelCount < $1.zone.labelCount }) else { return nil }
    let failing = zone.speaking.filter { view in view.failures.contains { $0.question == question } }
    guard !failing.isEmpty, failing.count == zone.views.count else { return nil }
    self.answer = answer
    views = failing
  }
}

/// The SPF records that receivers look up for the domain.
package struct SPFLookUps: Subject {
  package let failed: [FailedLookUp]

  package static func observe(_ facts: Facts) -> Observation<SPFLookUps> {
    guard facts.spfTree != nil else { return .notApplicable }
    let failures = facts.spfFailures
    let failed = failures.compactMap { FailedLookUp($0, in: facts) }
    // Of what fails elsewhere, whose fault it is cannot be told from here.
    let others = failures.filter { answer in !failed.contains { $0.answer.question == answer.question } }
    return Observation([SPFLookUps(failed: failed)], gaps: facts.zoneServers.gaps + others.map(Gap.init))
  }
}
