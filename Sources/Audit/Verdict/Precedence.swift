import DNSData

/// Which of several rules names a broken link, so that it is one finding. A rule that compares with the expected
/// configuration is general: it sees that a record is missing or another than expected, and a particular rule may know
/// better what that breaks. This is the one place that decides between them:
///
/// * The worse finding about a record set stays; of equals the particular one does.
/// * Where nothing is published, all findings there are about its absence: the lesser ones go.
/// * Where something is published, lesser findings about it are of other things, and stay.
///
/// Particular rules may come upon the same broken link by several ways: the worst finding stays, of equals the one whose
/// rule is listed first.
package enum Precedence: Sendable {
  case particular
  case general

  /// A record set.
  private struct Spot: Hashable {
    let name: Name
    let type: RecordType

    init?(_ fault: Fault) {
      guard let type = fault.place.type else { return nil }
      name = fault.place.name
      self.type = type
    }
  }

  static func settle(_ judgements: [(rule: Rule, judgement: Judgement)]) -> [(
    rule: Rule, judgement: Judgement
  )] {
    let particular = worst(judgements) { rule, _ in rule.precedence == .particular }
    let absent = worst(judgements) { rule, fault in rule.precedence == .general && fault.observed == nil }
    let speakers = speakers(judgements)
    return judgements.map { rule, judgement in
      let faults = judgement.faults.filter { fault in
        if let link = fault.link, speakers[link]?.rule != rule.id { return false }
        guard let spot = Spot(fault) else { return true }
        let severity = fault.severity ?? rule.severity
        return switch rule.precedence {
        case .general: particular[spot].map { $0 < severity } ?? true
        case .particular: absent[spot].map { severity >= $0 } ?? true
        }
      }
      guard faults.count < judgement.faults.count else { return (rule, judgement) }
      // It has found something, and has not passed.
      return (
        rule,
        Judgement(
          faults: faults, waived: judgement.waived, gaps: judgement.gaps, hasSubjects: !faults.isEmpty)
      )
    }
  }

  /// Who names each link.
  private static func speakers(
    _ judgements: [(rule: Rule, judgement: Judgement)]
  ) -> [BrokenLink: (rule: String, severity: Severity)] {
    var speakers: [BrokenLink: (rule: String, severity: Severity)] = [:]
    for (rule, judgement) in judgements {
      for fault in judgement.faults {
        guard let link = fault.link, case let severity = fault.severity ?? rule.severity,
          speakers[link].map({ $0.severity < severity }) ?? true
        else { continue }
        speakers[link] = (rule.id, severity)
      }
    }
    return speakers
  }

  private static func worst(
    _ judgements: [(rule: Rule, judgement: Judgement)], of isMeant: (Rule, Fault) -> Bool
  ) -> [Spot: Severity] {
    var worst: [Spot: Severity] = [:]
    for (rule, judgement) in judgements {
      for fault in judgement.faults where isMeant(rule, fault) {
        guard let spot = Spot(fault) else { continue }
        worst[spot] = max(worst[spot] ?? .info, fault.severity ?? rule.severity)
      }
    }
    return worst
  }
}
