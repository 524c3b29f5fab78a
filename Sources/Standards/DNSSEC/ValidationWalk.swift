/// One evaluation: from the question along its aliases, for each the zone that signs, for each zone the way to it.
internal import DNSData
internal import Evidence

struct ValidationWalk {
  /// Of zones with so few labels, DS and DNSKEY are asked for at once with those of all zones above; below, most
  /// labels are no zone cuts.
  private static let cutLikelyUpTo = 4  // labels
  /// The same where nobody signs, and only the delegation is looked for.
  private static let delegationLikelyUpTo = 2  // labels

  private let anchors: TrustAnchors
  private let moment: Timestamp
  private let answers: KnownSignedAnswers
  private(set) var zones: [Name: ZoneStatus]
  private var missing: Set<Question> = []
  private var budget = ValidationBudget()

  init(
    anchors: TrustAnchors, moment: Timestamp, zones: [Name: ZoneStatus], answers: @escaping KnownSignedAnswers
  ) {
    self.anchors = anchors
    self.moment = moment
    self.zones = zones
    self.answers = answers
  }

  mutating func evaluate(_ question: Question) -> Evaluation<Validation> {
    var chain: [ChainLink] = []
    do throws(ValidationStop) {
      let conclusion = try conclusion(of: question, chain: &chain)
      return .result(
        Validation(question: question, security: .secure, conclusion: conclusion, chain: chain))
    } catch {
      switch error {
      case .missing: return .needs(missing)
      case .decided(let security, let rest):
        Self.append(rest, to: &chain)
        return .result(Validation(question: question, security: security, conclusion: nil, chain: chain))
      }
    }
  }

  private mutating func conclusion(
    of question: Question, chain: inout [ChainLink]
  ) throws(ValidationStop) -> Validation.Conclusion {
    var current = question
    var message = try message(for: question)
    for _ in 0...ValidationLimit.aliases {
      let zone = try zone(signing: current, in: message)
      Self.append(zone.chain, to: &chain)
      let step = try step(current, in: message, of: zone)
      Self.append(step.links, to: &chain)
      switch step.finding {
      case .records(let values): return .records(values)
      case .denied(.noSuchName): return .noSuchName
      case .denied(.noData): return .noData
      case .insecure(let insecurity): throw .decided(.insecure(insecurity), chain: [])
      case .alias(let target):
        current = Question(target, question.type)
        if !message.speaks(of: current) { message = try self.message(for: current) }
      }
    }
    throw .decided(.indeterminate(.aliasLoop), chain: [])
  }

  private static func append(_ links: [ChainLink], to chain: inout [ChainLink]) {
    for link in links where !chain.contains(link) { chain.append(link) }
  }

  private mutating func message(
    for question: Question, after chain: [ChainLink] = []
  ) throws(ValidationStop) -> SignedMessage {
    guard let answer = answers(question) else {
      missing.insert(question)
      throw .missing
    }
    switch answer.outcome {
    case .response(let code, let answer, let authority):
      return SignedMessage(
        code: code, answer: RecordSet.sets(in: answer), authority: RecordSet.sets(in: authority))
    case .failure(let failure):
      throw .decided(.indeterminate(.failure(question, failure)), chain: chain)
    }
  }

  private mutating func step(
    _ question: Question, in message: SignedMessage, of zone: SecureZone
  ) throws(ValidationStop) -> AnswerStep {
    do throws(ChainBreak) {
      return try AnswerStep(question, in: message, of: zone, at: moment, budget: &budget)
    } catch {
      throw .decided(.bogus(error), chain: zone.chain)
    }
  }

  // MARK: - Zones

  /// The zone that signs, or that should have.
  private mutating func zone(
    signing question: Question, in message: SignedMessage
  ) throws(ValidationStop) -> SecureZone {
    let signer = signer(of: question, in: message)
    let name = signer ?? (question.type == .ds ? question.name.parent ?? .root : question.name)
    do throws(ValidationStop) {
      return try zone(enclosing: name)
    } catch {
      if case .missing = error {
        let likely =
          signer == nil
          ? name.ancestor(labelCount: Self.delegationLikelyUpTo)
          : name.labelCount <= Self.cutLikelyUpTo ? name : nil
        let questions =
          likely.map(anchors.questions) ?? [Question(name, .ds), Question(name, .dnskey)]
        missing.formUnion(questions.filter { answers($0) == nil })
      }
      throw error
    }
  }

  private mutating func zone(enclosing name: Name) throws(ValidationStop) -> SecureZone {
    switch zones[name] {
    case .secure(let zone): return zone
    case .other(let security, let chain): throw .decided(security, chain: chain)
    case nil: break
    }
    do throws(ValidationStop) {
      let zone = try findZone(enclosing: name)
      zones[name] = .secure(zone)
      return zone
    } catch {
      if case .decided(let security, let chain) = error, !security.isLimit {
        zones[name] = .other(security, chain: chain)
      }
      throw error
    }
  }

  private mutating func findZone(enclosing name: Name) throws(ValidationStop) -> SecureZone {
    if let anchor = anchors.anchors[name] {
      return try establish(name, by: anchor, of: .anchor, chain: [])
    }
    guard let parent = name.parent, anchors.nearest(to: parent) != nil else {
      throw .decided(.indeterminate(.noAnchor(name)), chain: [])
    }
    let question = Question(name, .ds)
    // Who claims to sign the delegation is looked at next. Whether that is true shows itself: what lies below an
    // insecure ancestor is insecure, and a secure one signs or does not.
    let upper = try zone(enclosing: claimedParent(of: question) ?? parent)
    let message = try message(for: question, after: upper.chain)
    let step = try step(question, in: message, of: upper)
    let chain = upper.chain + step.links
    switch step.finding {
    case .records(let values):
      let signers = values.compactMap { if case .ds(let signer) = $0 { signer } else { nil } }
      return try establish(name, by: TrustAnchors.Anchor(signers: signers), of: .parent, chain: chain)
    case .denied(.noData(.cut)):
      throw .decided(.insecure(Insecurity(zone: name, reason: .unsignedDelegation)), chain: chain)
    case .insecure(let insecurity): throw .decided(.insecure(insecurity), chain: chain)
    // No cut: the name is in the zone above, or does not exist there.
    case .denied, .alias: return upper
    }
  }

  private func claimedParent(of question: Question) -> Name? {
    guard case .response(let code, let answer, let authority) = answers(question)?.outcome else { return nil }
    return signer(
      of: question,
      in: SignedMessage(
        code: code, answer: RecordSet.sets(in: answer), authority: RecordSet.sets(in: authority)))
  }

  /// Not from above the nearest anchor: what an insecure zone up there signs or does not sign takes nothing from the
  /// trust in the anchor.
  private func signer(of question: Question, in message: SignedMessage) -> Name? {
    let start = question.type == .ds ? question.name.parent ?? .root : question.name
    guard let anchor = anchors.nearest(to: start), let signer = message.signer(of: question) else {
      return nil
    }
    return signer.isAtOrBelow(anchor) ? signer : nil
  }

  /// RFC 4035 §5.2: a key that `delegation` names signs the key set.
  private mutating func establish(
    _ name: Name, by delegation: TrustAnchors.Anchor, of kind: ChainLink.Delegation, chain: [ChainLink]
  ) throws(ValidationStop) -> SecureZone {
    let question = Question(name, .dnskey)
    func stop(_ security: Security) -> ValidationStop { .decided(security, chain: chain) }
    func broken(_ reason: ChainBreak.Reason) -> ValidationStop {
      let link = ChainBreak(question: question, zone: name, reason: reason)
      return stop(name.isRoot && reason != .limit ? .indeterminate(.root(link)) : .bogus(link))
    }
    if let reason = delegation.insecurity {
      throw stop(.insecure(Insecurity(zone: name, reason: reason)))
    }
    let message = try message(for: question, after: chain)
    guard let set = message.answer.first(where: { $0.question == question }) else { throw broken(.noKeys) }
    let keys = set.values.compactMap { if case .dnskey(let key) = $0 { key } else { nil } }
    let named = keys.filter { delegation.names($0, of: name) }.compactMap(ZoneKey.init)
    guard !named.isEmpty else { throw broken(.noKeyMatchesDelegation(keyTags: delegation.keyTags)) }
    do throws(ChainBreak) {
      let verified = try SecureZone(name: name, keys: named, chain: chain)
        .verify(set, at: moment, budget: &budget)
      let link = ChainLink(
        question: question, zone: name,
        proof: .keySet(
          kind, keyTag: verified.signature.keyTag, algorithm: verified.signature.algorithm),
        expiration: verified.expiration)
      return SecureZone(name: name, keys: keys.compactMap(ZoneKey.init), chain: chain + [link])
    } catch {
      throw broken(error.reason)
    }
  }
}

extension TrustAnchors.Anchor {
  var keyTags: Set<UInt16> { Set(signers.map(\.keyTag) + keys.map(\.keyTag)) }

  /// nil when at least one of them can be validated (RFC 4035 §5.2, RFC 6840 §5.2).
  var insecurity: Insecurity.Reason? {
    func isValidated(_ algorithm: UInt8) -> Bool { SecurityAlgorithm(rawValue: algorithm) != nil }
    let usable = signers.filter { isValidated($0.algorithm) }
    if keys.contains(where: { isValidated($0.algorithm) })
      || usable.contains(where: { DelegationDigest(rawValue: $0.digestType) != nil })
    {
      return nil
    }
    return usable.isEmpty
      ? .unsupportedAlgorithms(algorithms) : .unsupportedDigests(Set(usable.map(\.digestType)))
  }
}

extension Security {
  /// The limits are those of one evaluation: another may have enough left.
  fileprivate var isLimit: Bool {
    if case .bogus(let link) = self { link.reason == .limit } else { false }
  }
}
