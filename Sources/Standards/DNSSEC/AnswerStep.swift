/// What a message of a secure zone says of one name and type, verified: records, where an alias leads, or that there is
/// nothing.
internal import DNSData
internal import Evidence

struct SignedMessage {
  let code: SignedAnswer.ResponseCode
  let answer: [RecordSet]
  let authority: [RecordSet]

  /// The set that answers `question`: a DNAME above it, its own, or an alias.
  func set(answering question: Question) -> RecordSet? {
    answer.first {
      $0.type == .dname && $0.name != question.name && question.name.isAtOrBelow($0.name)
    } ?? answer.first { $0.question == question }
      ?? answer.first { $0.name == question.name && $0.type == .cname }
  }

  /// The deepest zone that signs what is said of `question` and may do so; nil when nobody does.
  func signer(of question: Question) -> Name? {
    let sets =
      set(answering: question).map { [$0] }
      ?? authority.filter { [.nsec, .nsec3, .soa].contains($0.type) }
    return sets.flatMap(\.signatures).map(\.signer)
      .filter { Self.may($0, sign: question) }
      .max { $0.labelCount < $1.labelCount }
  }

  /// The message holds what there is of `question`, which it was not asked: the end of an alias.
  func speaks(of question: Question) -> Bool {
    set(answering: question) != nil
      || authority.contains { $0.type == .soa && Self.may($0.name, sign: question) }
  }

  private static func may(_ zone: Name, sign question: Question) -> Bool {
    question.name.isAtOrBelow(zone) && (question.type != .ds || question.name != zone)
  }
}

struct AnswerStep {
  enum Finding {
    case records([RecordData])
    case alias(Name)
    case denied(Denial)
    case insecure(Insecurity)
  }

  let finding: Finding
  let links: [ChainLink]

  init(
    _ question: Question, in message: SignedMessage, of zone: SecureZone, at moment: Timestamp,
    budget: inout ValidationBudget
  ) throws(ChainBreak) {
    func denials() throws(ChainBreak) -> VerifiedDenials {
      try VerifiedDenials(question, in: message, of: zone, at: moment, budget: &budget)
    }
    guard let set = message.set(answering: question) else {
      let denials = try denials()
      links = [denials.link]
      switch try denials.result(for: message.code, budget: &budget) {
      case .proven(let denial): finding = .denied(denial)
      case .insecure(let reason): finding = .insecure(Insecurity(zone: zone.name, reason: reason))
      case .gap(let gap): throw denials.broken(.denial(gap))
      }
      return
    }
    let verified = try zone.verify(set, at: moment, budget: &budget)
    let answer = try Self.finding(in: verified, for: question, of: message, zone: zone.name)
    guard let closestEncloser = verified.closestEncloser else {
      finding = answer
      links = [verified.link(in: zone.name)]
      return
    }
    // RFC 4035 §5.3.4: made from a wildcard, which must not answer where something closer exists.
    let denials = try denials()
    links = [verified.link(in: zone.name), denials.link]
    switch try denials.noCloserMatch(set.name, closestEncloser: closestEncloser, budget: &budget) {
    case .proven: finding = answer
    case .insecure(let reason): finding = .insecure(Insecurity(zone: zone.name, reason: reason))
    case .gap(let gap): throw denials.broken(.denial(gap))
    }
  }

  private static func finding(
    in verified: SecureZone.Verified, for question: Question, of message: SignedMessage, zone: Name
  ) throws(ChainBreak) -> Finding {
    let values = verified.set.values
    guard verified.set.question != question else { return .records(values) }
    let mismatch = ChainBreak(question: question, zone: zone, reason: .aliasMismatch)
    switch values.first {
    case .cname(let target) where values.count == 1: return .alias(target)
    case .unknown(.dname, let octets) where values.count == 1:
      // RFC 6672 §2.2; the CNAME that goes with it is made by the server, and not signed.
      guard let target = try? Name(wire: octets),
        let substitute = try? Name(
          labels: question.name.labels.dropLast(verified.set.name.labelCount) + target.labels)
      else { throw mismatch }
      let alias = message.answer.first { $0.name == question.name && $0.type == .cname }
      if let alias, alias.values != [.cname(substitute)] { throw mismatch }
      return question.type == .cname ? .records([.cname(substitute)]) : .alias(substitute)
    default: throw mismatch
    }
  }
}

/// The NSEC and NSEC3 records of a message that a zone did sign, with its SOA record.
struct VerifiedDenials {
  private let question: Question
  private let zone: Name
  private let nsec: NSECDenial
  private let nsec3: NSEC3Denial?
  private let expiration: Timestamp?

  /// Throws when none of them holds, or when the SOA record does not: it says how long the denial lasts.
  init(
    _ question: Question, in message: SignedMessage, of zone: SecureZone, at moment: Timestamp,
    budget: inout ValidationBudget
  ) throws(ChainBreak) {
    self.question = question
    self.zone = zone.name
    var nsec: [Name: NSEC] = [:]
    var nsec3: [Name: NSEC3] = [:]
    var expirations: [Timestamp] = []
    var failure: ChainBreak?
    for set in message.authority where [.nsec, .nsec3].contains(set.type) && set.name.isAtOrBelow(zone.name) {
      do throws(ChainBreak) {
        let verified = try zone.verify(set, at: moment, budget: &budget)
        // The record of a wildcard denies nothing of the names that it was expanded to.
        guard verified.closestEncloser == nil, let value = set.values.first else { continue }
        if case .nsec(let record) = value { nsec[set.name] = record }
        if case .nsec3(let record) = value { nsec3[set.name] = record }
        expirations.append(verified.expiration)
      } catch {
        if error.reason == .limit { throw error }
        failure = failure ?? error
      }
    }
    guard !nsec.isEmpty || !nsec3.isEmpty else {
      throw failure ?? ChainBreak(question: question, zone: zone.name, reason: .denial(.noRecords))
    }
    if let soa = message.authority.first(where: { $0.question == Question(zone.name, .soa) }) {
      expirations.append(try zone.verify(soa, at: moment, budget: &budget).expiration)
    }
    self.nsec = NSECDenial(zone: zone.name, records: nsec)
    self.nsec3 = NSEC3Denial(zone: zone.name, verified: nsec3)
    expiration = expirations.min()
  }

  var link: ChainLink { ChainLink(question: question, zone: zone, proof: .denial, expiration: expiration) }

  func broken(_ reason: ChainBreak.Reason) -> ChainBreak {
    ChainBreak(question: question, zone: zone, reason: reason)
  }

  /// That there is no record. NXDOMAIN for a name that exists without data is a common fault of servers, and what is
  /// proven counts. The other way about counts for delegations alone: those are looked for under names that may not
  /// exist.
  func result(
    for code: SignedAnswer.ResponseCode, budget: inout ValidationBudget
  ) throws(ChainBreak) -> DenialResult {
    switch code {
    case .nameError:
      let result = try nameError(&budget)
      guard case .gap = result, case .proven(let denial) = try noData(&budget) else { return result }
      return .proven(denial)
    case .noError:
      let result = try noData(&budget)
      guard question.type == .ds, case .gap = result, case .proven(let denial) = try nameError(&budget) else {
        return result
      }
      return .proven(denial)
    }
  }

  func noCloserMatch(
    _ name: Name, closestEncloser: Name, budget: inout ValidationBudget
  ) throws(ChainBreak) -> DenialResult {
    try either(nsec.noCloserMatch(name, closestEncloser: closestEncloser)) {
      nsec3 throws(ChainBreak.Reason) in
      try nsec3.noCloserMatch(name, closestEncloser: closestEncloser, budget: &budget)
    }
  }

  private func noData(_ budget: inout ValidationBudget) throws(ChainBreak) -> DenialResult {
    try either(nsec.noData(question)) { nsec3 throws(ChainBreak.Reason) in
      try nsec3.noData(question, budget: &budget)
    }
  }

  private func nameError(_ budget: inout ValidationBudget) throws(ChainBreak) -> DenialResult {
    try either(nsec.nameError(question.name)) { nsec3 throws(ChainBreak.Reason) in
      try nsec3.nameError(question.name, budget: &budget)
    }
  }

  /// By NSEC, else by NSEC3: a zone in transition has both (RFC 5155 §10.4).
  private func either(
    _ byNSEC: DenialResult, _ byNSEC3: (NSEC3Denial) throws(ChainBreak.Reason) -> DenialResult
  ) throws(ChainBreak) -> DenialResult {
    guard case .gap = byNSEC, let nsec3 else { return byNSEC }
    do throws(ChainBreak.Reason) {
      return try byNSEC3(nsec3)
    } catch {
      throw broken(error)
    }
  }
}
