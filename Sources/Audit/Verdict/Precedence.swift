import DNSData

/// Which of several findings names a broken link, so that it is one. This is the one place that decides between them:
///
/// * What follows from a record set that is not as the operator means it is told by the finding about that record set,
///   which is as bad as what follows from it.
/// * Of a rule that compares with the expected configuration (`general`) and one that knows better what a record breaks
///   (`particular`), the worse finding about a record set stays; of equals the particular one does.
/// * Where nothing is published, all findings there are about its absence: the lesser ones go.
/// * Where something is published, lesser findings about it are of other things, and stay.
/// * Of several that come upon one broken link by different ways (`BrokenLink`) the worst stays, of equals the one whose
///   rule is listed first.
struct Precedence {
  typealias Judged = (rule: Rule, judgement: Judgement)

  /// Those that do not match.
  private let broken: [RecordComparison]

  init(_ comparisons: [RecordComparison]) { broken = comparisons.filter { $0.standing != .matches } }

  func settle(_ judgements: [Judged]) -> [Judged] {
    let causes = Set(
      judgements.flatMap { rule, judgement in
        judgement.faults.filter { ground(of: $0) == nil }.compactMap { Spot($0.place) }
      })
    func cause(of fault: Fault) -> Spot? { ground(of: fault).flatMap { causes.contains($0) ? $0 : nil } }
    let settled = Self.choose(
      among: judgements.map { rule, judgement in
        (rule, judgement.keeping(judgement.faults.filter { cause(of: $0) == nil }))
      })
    var consequences: [Spot: [Consequence]] = [:]
    for (rule, judgement) in judgements {
      for fault in judgement.faults {
        guard let cause = cause(of: fault) else { continue }
        consequences[cause, default: []].append(Consequence(rule, fault))
      }
    }
    return Self.attach(consequences, to: settled)
  }

  // MARK: - What follows from what

  /// A record set.
  private struct Spot: Hashable {
    let name: Name
    let type: RecordType

    init?(_ place: Place) {
      guard let type = place.type else { return nil }
      name = place.name
      self.type = type
    }
  }

  private struct Consequence {
    let rule: Rule
    let severity: Severity

    init(_ rule: Rule, _ fault: Fault) {
      self.rule = rule
      severity = fault.severity ?? rule.severity
    }
  }

  /// The record set that a finding follows from; nil where all that it rests on is as it should be.
  private func ground(of fault: Fault) -> Spot? {
    fault.grounds.lazy.compactMap { ground in
      broken.first { comparison in
        switch ground {
        case .lookup(let question): comparison.wanted.questions.contains(question)
        case .record(let record): comparison.surplus.contains(record)
        }
      }.flatMap { Spot($0.place) }
    }.first
  }

  /// Tells them with the worst finding about each record set.
  private static func attach(_ consequences: [Spot: [Consequence]], to judgements: [Judged]) -> [Judged] {
    var open = consequences
    let worst = worst(judgements) { _, _ in true }
    return judgements.map { rule, judgement in
      let faults = judgement.faults.map { fault in
        let severity = fault.severity ?? rule.severity
        guard let spot = Spot(fault.place), severity == worst[spot], let own = open.removeValue(forKey: spot)
        else { return fault }
        let ids = own.map(\.rule.id).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return fault.causing(
          ids.map { "\(own: $0)" as Message }.enumeration,
          severity: own.map(\.severity).reduce(severity, max))
      }
      return (rule, judgement.replacing(faults))
    }
  }

  // MARK: - Which of two

  private static func choose(among judgements: [Judged]) -> [Judged] {
    let particular = worst(judgements) { rule, _ in rule.precedence == .particular }
    let absent = worst(judgements) { rule, fault in rule.precedence == .general && fault.observed == nil }
    let speakers = speakers(judgements)
    return judgements.map { rule, judgement in
      let faults = judgement.faults.filter { fault in
        if let link = fault.link, speakers[link]?.rule != rule.id { return false }
        guard let spot = Spot(fault.place) else { return true }
        let severity = fault.severity ?? rule.severity
        return switch rule.precedence {
        case .general: particular[spot].map { $0 < severity } ?? true
        case .particular: absent[spot].map { severity >= $0 } ?? true
        }
      }
      return (rule, judgement.keeping(faults))
    }
  }

  /// Who names each link.
  private static func speakers(_ judgements: [Judged]) -> [BrokenLink: (rule: String, severity: Severity)] {
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
    _ judgements: [Judged], of isMeant: (Rule, Fault) -> Bool
  ) -> [Spot: Severity] {
    var worst: [Spot: Severity] = [:]
    for (rule, judgement) in judgements {
      for fault in judgement.faults where isMeant(rule, fault) {
        guard let spot = Spot(fault.place) else { continue }
        worst[spot] = max(worst[spot] ?? .info, fault.severity ?? rule.severity)
      }
    }
    return worst
  }
}

extension Judgement {
  fileprivate func replacing(_ faults: [Fault]) -> Judgement {
    Judgement(faults: faults, waived: waived, gaps: gaps, hasSubjects: hasSubjects)
  }

  /// A rule whose findings are told by others has found something, and has not passed.
  fileprivate func keeping(_ kept: [Fault]) -> Judgement {
    guard kept.count < faults.count else { return self }
    return Judgement(faults: kept, waived: waived, gaps: gaps, hasSubjects: !kept.isEmpty)
  }
}
