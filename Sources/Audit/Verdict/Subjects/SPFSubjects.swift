package import DNSData
import PublicSuffix
package import SPF

/// The choice of the SPF record among the domain's TXT records (RFC 7208 §4.5).
package struct SPFSelection: Subject {
  package let answer: Answer
  package let role: DomainRole

  /// Every TXT record at the domain.
  package var texts: [TXT] {
    answer.records.compactMap { if case .txt(let text) = $0.data { text } else { nil } }
  }

  package var selected: [TXT] { SPFRecord.select(answer.records) }

  package static func observe(_ facts: Facts) -> Observation<SPFSelection> {
    guard let answer = facts.texts, facts.role != .nonexistent else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    if facts.role == .noMail, answer.records.isEmpty { return .notApplicable }
    // Whether a domain ought to have SPF hangs on its MX.
    let gaps =
      facts.role == .undetermined ? facts.mx.filter { $0.failure != nil }.map { [Gap($0)] } ?? [] : []
    return Observation([SPFSelection(answer: answer, role: facts.role)], gaps: gaps)
  }
}

extension Optional {
  fileprivate func filter(_ isIncluded: (Wrapped) -> Bool) -> Wrapped? {
    flatMap { isIncluded($0) ? $0 : nil }
  }
}

/// The domain's record with all that it includes and redirects to.
extension SPFTree: Subject {
  package static func observe(_ facts: Facts) -> Observation<SPFTree> {
    guard let tree = facts.spfTree else { return .notApplicable }
    switch tree.root.publication {
    case .found: return Observation([tree], gaps: facts.spfTreeGaps)
    case .failed: return Observation([], gaps: facts.spfGaps)
    case .absent, .multiple: return .notApplicable
    }
  }
}

extension Facts {
  /// Answers that the tree lacks because they failed.
  var spfFailures: [Answer] {
    let failed = (spfTree?.nodes ?? []).flatMap { node -> [Question] in
      let hosts = node.terms.flatMap(\.failures).map(\.question)
      return isFailed(node.publication) ? hosts + [Question(node.domain, .txt)] : hosts
    }
    return failed.compactMap { snapshot[$0] }
  }

  fileprivate var spfTreeGaps: [Gap] { spfFailures.map(Gap.init) }

  private func isFailed(_ publication: SPFPublication) -> Bool {
    if case .failed = publication { true } else { false }
  }

  /// Each surveyed domain once, with the look-up of its record.
  package var spfNodes: [(domain: Name, answer: Answer)] {
    var seen: Set<Name> = []
    return (spfTree?.nodes ?? []).compactMap { node in
      guard seen.insert(node.domain).inserted, let answer = snapshot.answer(node.domain, .txt) else {
        return nil
      }
      return (node.domain, answer)
    }
  }
}

/// The look-ups of the domain's SPF that fail.
package struct SPFLookUps: Subject {
  /// For everybody: none of the zone's servers answers.
  package let failed: [(answer: Answer, servers: [NameServerView])]

  package static func observe(_ facts: Facts) -> Observation<SPFLookUps> {
    guard facts.spfTree != nil else { return .notApplicable }
    let failures = facts.spfFailures.map { (answer: $0, servers: facts.failingServers($0.question)) }
    // Of what fails elsewhere, whose fault it is cannot be told from here.
    let others = failures.filter(\.servers.isEmpty).map { Gap($0.answer) }
    let failed = failures.filter { !$0.servers.isEmpty }
    return Observation([SPFLookUps(failed: failed)], gaps: facts.zoneServers.gaps + others)
  }
}

/// An include or redirect, and what stands where it leads.
package struct SPFLink: Subject {
  package enum Kind: Hashable, Sendable { case include, redirect }

  package let kind: Kind
  /// The look-up of the record that the term stands in.
  package let answer: Answer
  package let term: SPFTerm
  package let target: Name
  package let following: SPFFollowing
  /// The look-up at the target; nil where it was not followed.
  package let targetAnswer: Answer?

  package static func observe(_ facts: Facts) -> Observation<SPFLink> {
    guard let tree = facts.spfTree else { return .notApplicable }
    guard facts.spfGaps.isEmpty else { return Observation([], gaps: facts.spfGaps) }
    // Beyond the own organisation only what the own records lead to directly can be changed by the operator.
    var seen: Set<Name> = []
    let links = tree.nodes.filter {
      facts.ownership(of: $0.domain) == .own && seen.insert($0.domain).inserted
    }
    .flatMap { node in
      node.terms.compactMap { term in
        facts.snapshot.answer(node.domain, .txt).flatMap { SPFLink(term, answer: $0, in: facts) }
      }
    }
    let gaps = links.compactMap(\.targetAnswer).filter { $0.failure != nil }.map(Gap.init)
    return Observation(links, gaps: gaps)
  }

  private init?(_ surveyed: SPFSurveyedTerm, answer: Answer, in facts: Facts) {
    guard surveyed.reach == .evaluated, case .name(let target) = surveyed.target else { return nil }
    switch surveyed.term.content {
    case .directive(_, .include): kind = .include
    case .modifier(.redirect): kind = .redirect
    case .directive, .modifier: return nil
    }
    self.answer = answer
    term = surveyed.term
    self.target = target
    following = surveyed.following
    targetAnswer = facts.snapshot.answer(target, .txt)
  }
}

/// A domain that an own SPF record refers to and that does not exist, with the look-up that tells whether anybody has
/// registered it.
package struct SPFDanglingTarget: Subject {
  package let answer: Answer
  package let term: SPFTerm
  package let target: Name
  package let registration: Answer

  package static func observe(_ facts: Facts) -> Observation<SPFDanglingTarget> {
    guard let tree = facts.spfTree, case .found = tree.root.publication else {
      return Observation([], gaps: facts.spfGaps)
    }
    var targets: [SPFDanglingTarget] = []
    for node in tree.nodes where facts.ownership(of: node.domain) == .own {
      guard let answer = facts.snapshot.answer(node.domain, .txt) else { continue }
      for surveyed in node.terms where surveyed.term.looksUp {
        guard case .name(let target) = surveyed.target,
          let registration = facts.registration(of: target),
          !targets.contains(where: { $0.target == target && $0.term == surveyed.term })
        else { continue }
        targets.append(
          SPFDanglingTarget(answer: answer, term: surveyed.term, target: target, registration: registration))
      }
    }
    return Observation(targets, gaps: targets.map(\.registration).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// A sending address and what SPF says about it.
package struct SPFSender: Subject {
  package let sender: Sender
  package let verdict: SPFVerdict
  package let tree: SPFTree?
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<SPFSender> {
    guard let answer = facts.texts else { return .notApplicable }
    var gaps = facts.senderGaps
    // Inferred senders are those that SPF passes: to judge them by it would be a circle.
    guard !facts.snapshot.request.senders.isEmpty else {
      let isOpen = gaps.isEmpty && facts.role.sends
      return Observation([], gaps: isOpen ? [Gap(Place(facts.domain), .notTested(.noSender))] : gaps)
    }
    let senders = facts.senders.compactMap { sender -> SPFSender? in
      guard let verdict = facts.spfVerdict(for: sender.address) else { return nil }
      if case .lookupFailed(let question, _) = verdict.problem?.kind {
        gaps += facts.snapshot[question].map { [Gap($0)] } ?? []
        return nil
      }
      return SPFSender(sender: sender, verdict: verdict, tree: facts.spfTree, answer: answer)
    }
    return Observation(senders, gaps: gaps)
  }
}

extension Facts {
  /// What the SPF record at `name` rests on: that it is there, and the hosts that its terms stand for.
  package func groundsOfSPF(at name: Name) -> [Ground] {
    guard let tree = SPFTree.evaluate(name, { snapshot[$0] }).value, case .found = tree.root.publication
    else {
      return [.lookup(Question(name, .txt))]
    }
    return tree.nodes.flatMap(\.terms).filter { $0.reach == .evaluated }.flatMap { term -> [Ground] in
      guard case .name(let target) = term.target else { return [] }
      return switch term.term.mechanism {
      case .a: Ground.addresses(of: target)
      case .mx: [.lookup(Question(target, .mx))] + term.exchangers.flatMap(Ground.addresses)
      case .all, .include, .ptr, .ip4, .ip6, .exists, nil: []
      }
    }
  }
}
