// Builds the survey of a record and of all that it includes and redirects to. No
// I/O; the questions of a whole level are asked at once. What one mechanism finds
// is in HostSurvey.swift.

package import DNSData

/// Builds an `SPFTree` breadth first, over the answers known so far. A level is followed only when the whole level
/// above is known: so the same nodes fall under the limits in every round, and the rounds are as many as the tree is
/// deep.
extension SPFTree {
  /// Follows the record of `domain`. A domain that is included twice is asked once and counted twice.
  package static func evaluate(_ domain: Name, _ answers: KnownAnswers) -> Evaluation<SPFTree> {
    withoutActuallyEscaping(answers) { answers in
      var survey = TreeSurvey(domain, answers)
      survey.run()
      return survey.missing.isEmpty ? .result(survey.tree) : .needs(survey.missing)
    }
  }
}

struct TreeSurvey {
  /// A node before its children are known; they are drafts further down the list.
  private struct Draft {
    let domain: Name
    let depth: Int
    let parent: Int?
    let place: Place
    var publication = SPFPublication.failed(.limitReached)
    var terms: [DraftTerm] = []
  }

  /// Does the explanation of the record count (RFC 7208 §6.2)?
  private enum Place { case onPath, insideInclude }

  fileprivate struct DraftTerm {
    let term: SPFTerm
    let reach: SPFSurveyedTerm.Reach
    var target = SPFTarget.notNeeded
    var link = Link.resolved(.nowhere)
    var hosts = HostSurvey.Finding()
    var explanation: SPFExplanation?
  }

  fileprivate enum Link {
    case resolved(SPFFollowing)
    case draft(Int)
  }

  private var hosts: HostSurvey
  private var drafts: [Draft]
  private var publications: [Name: SPFPublication] = [:]
  private var termCount = 0
  private var limits: Set<SPFTreeLimit> = []
  private let rootText: [UInt8]

  var missing: Set<Question> { hosts.missing }

  init(_ domain: Name, _ answers: @escaping KnownAnswers) {
    hosts = HostSurvey(answers)
    drafts = [Draft(domain: domain, depth: 0, parent: nil, place: .onPath)]
    rootText = DomainText.text(domain)
  }

  // MARK: - Level by level

  mutating func run() {
    var level = drafts.indices
    while !level.isEmpty {
      var isComplete = true
      for index in level {
        guard let publication = publication(drafts[index].domain) else {
          isComplete = false
          continue
        }
        drafts[index].publication = publication
        surveyTerms(of: index)
      }
      guard isComplete else { return }
      level = level.upperBound..<drafts.endIndex
    }
  }

  /// nil while the answer is missing.
  private mutating func publication(_ domain: Name) -> SPFPublication? {
    // A record of 64 KB has thousands of terms or faults; only so many are worth reading.
    guard termCount < SPFTreeLimit.maximumTerms else {
      limits.insert(.terms)
      return .failed(.limitReached)
    }
    if let known = publications[domain] { return known }
    guard let answer = hosts.ask(Question(domain, .txt)) else { return nil }
    let publication = Self.publication(answer)
    publications[domain] = publication
    return publication
  }

  private static func publication(_ answer: Answer) -> SPFPublication {
    switch answer.outcome {
    case .failure(let failure): return .failed(failure)
    case .noSuchName: return .absent(.noSuchName)
    case .noData: return .absent(.noTexts)
    case .records(let records, _):
      let texts = SPFRecord.select(records)
      guard texts.count <= 1 else { return .multiple(texts) }
      guard let text = texts.first, let record = SPFRecord(text.joined) else { return .absent(.otherTexts) }
      return .found(record, strings: text.strings)
    }
  }

  private mutating func surveyTerms(of index: Int) {
    guard case .found(let record, _) = drafts[index].publication else { return }
    let all = record.all
    termCount += record.faults.count
    for term in record.terms {
      guard termCount < SPFTreeLimit.maximumTerms else {
        limits.insert(.terms)
        return
      }
      termCount += 1
      let isCutOff = all.map(term.isCutOff) ?? false
      drafts[index].terms.append(surveyed(term, isCutOff ? .cutOffByAll : .evaluated, in: index))
    }
  }

  private mutating func surveyed(
    _ term: SPFTerm, _ reach: SPFSurveyedTerm.Reach, in index: Int
  ) -> DraftTerm {
    var draft = DraftTerm(term: term, reach: reach)
    draft.target = target(of: term, in: drafts[index].domain)
    guard reach == .evaluated else { return draft }
    switch (term.content, draft.target) {
    case (.directive(_, .include), .name(let name)):
      draft.link = follow(name, from: index, place: .insideInclude)
    case (.modifier(.redirect), .name(let name)):
      draft.link = follow(name, from: index, place: drafts[index].place)
    case (.modifier(.exp), .name(let name)):
      if drafts[index].place == .onPath { draft.explanation = hosts.explanation(at: name) }
    case (.directive(_, let mechanism), let target): draft.hosts = hosts.finding(mechanism, target)
    case (.modifier, _): break
    }
    return draft
  }

  private mutating func follow(_ name: Name, from index: Int, place: Place) -> Link {
    if name == drafts[index].domain { return .resolved(.loop(.toItself)) }
    if hasAncestor(name, index) { return .resolved(.loop(.toAncestor)) }
    guard drafts[index].depth < SPFTreeLimit.maximumDepth else { return limitReached(.depth) }
    guard drafts.count < SPFTreeLimit.maximumNodes else { return limitReached(.nodes) }
    drafts.append(Draft(domain: name, depth: drafts[index].depth + 1, parent: index, place: place))
    return .draft(drafts.count - 1)
  }

  private mutating func limitReached(_ limit: SPFTreeLimit) -> Link {
    limits.insert(limit)
    return .resolved(.limitReached(limit))
  }

  private func hasAncestor(_ name: Name, _ index: Int) -> Bool {
    var next = drafts[index].parent
    while let ancestor = next {
      if drafts[ancestor].domain == name { return true }
      next = drafts[ancestor].parent
    }
    return false
  }

  /// The domain macros are known without a client: `%{d}` is the record's own domain, and `%{o}` is taken for the
  /// surveyed one, from which mail to be checked against this record comes.
  private func target(of term: SPFTerm, in domain: Name) -> SPFTarget {
    guard let spec = term.domainSpec else {
      return term.looksUp ? .name(domain) : .notNeeded
    }
    guard !spec.dependsOnClient else { return .dependsOnClient }
    let text = SPFExpansion(withoutClientAt: DomainText.text(domain), senderDomain: rootText).expand(
      spec.text)
    guard let name = DomainText.name(text) else { return .malformed(text) }
    switch term.content {
    case .directive(_, .include), .modifier(.redirect):
      return name.labelCount > 1 ? .name(name) : .malformed(text)  // RFC 7208 §4.3
    case .directive, .modifier: return .name(name)
    }
  }

  // MARK: - The finished tree

  /// Children stand behind their parents, so that going backwards finds them finished.
  var tree: SPFTree {
    var finished: [Int: SPFNode] = [:]
    for (index, draft) in drafts.enumerated().reversed() {
      finished[index] = SPFNode(
        domain: draft.domain, publication: draft.publication, terms: draft.terms.map { $0.finish(finished) })
    }
    let root =
      finished[0] ?? SPFNode(domain: drafts[0].domain, publication: .failed(.limitReached), terms: [])
    return SPFTree(root: root, limitsReached: limits.union(hosts.limits))
  }
}

extension TreeSurvey.DraftTerm {
  fileprivate func finish(_ nodes: [Int: SPFNode]) -> SPFSurveyedTerm {
    let following: SPFFollowing =
      switch link {
      case .resolved(let following): following
      case .draft(let index): nodes[index].map { .node($0) } ?? .nowhere
      }
    return SPFSurveyedTerm(
      term: term, reach: reach, target: target, following: following, exchangers: hosts.exchangers,
      addresses: hosts.addresses, networks: hosts.networks, voidFor: hosts.voidFor, explanation: explanation,
      failures: hosts.failures)
  }
}
