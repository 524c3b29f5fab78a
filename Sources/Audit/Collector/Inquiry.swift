package import DNSData
package import Evidence
import PublicSuffix

/// What an audit needs to know: a pure function of what is known so far. Everything that does not wait for an
/// answer is in the first set, so that an audit takes as many rounds as its longest chain of questions.
package struct Inquiry: Sendable {
  /// Selectors that signers use by default: tried when none is given. What is missed there proves nothing.
  package static let commonSelectors = [
    "default", "dkim", "google", "k1", "mail", "s1", "s2", "selector1", "selector2",
  ]

  let request: AuditRequest

  package init(_ request: AuditRequest) { self.request = request }

  /// Asked already or not.
  package func needs(_ known: KnownAnswers, _ settings: KnownSettings) -> Set<Question> {
    var questions = basics
    questions.formUnion(addresses(known))
    questions.formUnion(wildcards(known))
    questions.formUnion(signingPractices(known))
    questions.formUnion(hosts(known))
    questions.formUnion(services(known))
    questions.formUnion(settingsHosts(known, settings))
    questions.formUnion(policies(known))
    questions.formUnion(reports(known))
    questions.formUnion(mistakes(known))
    questions.formUnion(blocklists(known))
    questions.formUnion(identities(known))
    return questions
  }

  // MARK: - What waits for nothing

  private var basics: Set<Question> {
    var questions: Set<Question> = [
      Question(request.domain, .mx), Question(request.domain, .txt), Question(request.domain, .spf),
    ]
    let names = [
      DKIMName.policy(of: request.domain), ForSaleName.of(request.domain),
      try? request.domain.prepending(request.probeLabel),
    ]
    questions.formUnion((selectors + idleSelectors + names.compactMap(\.self)).map { Question($0, .txt) })
    questions.formUnion(request.senders.map { Question($0.reverseName, .ptr) })
    questions.formUnion(request.wanted.questions)
    return questions
  }

  /// The names of those given, or of the common ones.
  var selectors: [Name] {
    let guesses = Self.commonSelectors + request.publishedSelectors
    let labels = request.selectors.isEmpty ? guesses : request.selectors
    return labels.compactMap { DKIMName.of(selector: $0, domain: request.domain) }
  }

  private var idleSelectors: [Name] {
    request.idleSelectors.compactMap { DKIMName.of(selector: $0, domain: request.domain) }
  }

  // MARK: - What an answer may make superfluous

  /// Only where no MX host takes the mail do the domain's own addresses matter (RFC 5321 §5.1), and to fetch documents
  /// from there.
  private func addresses(_ known: KnownAnswers) -> [Question] {
    guard known(Question(request.domain, .mx)) != nil, exchangers(known).isEmpty || request.probing.fetches
    else { return [] }
    return [Question(request.domain, .a), Question(request.domain, .aaaa)]
  }

  /// What answers at a name that nobody has published is a wildcard's (RFC 4592 §2.2). A name that does not exist has
  /// records of no type (RFC 8020 §2), and one of the selectors tells as much as another would.
  private func wildcards(_ known: KnownAnswers) -> [Question] {
    var questions: [Question] = []
    if let name = try? request.domain.prepending(request.probeLabel),
      let texts = known(Question(name, .txt)), !texts.isMissingName
    {
      questions.append(Question(name, .mx))
    }
    let keys = selectors.compactMap { known(Question($0, .txt)) }
    if let name = DKIMName.of(selector: request.probeLabel, domain: request.domain),
      keys.count == selectors.count,
      !keys.contains(where: { DKIMName.disprovesWildcard($0, domain: request.domain) })
    {
      questions.append(Question(name, .txt))
    }
    return questions
  }

  /// ADSP stands below `_domainkey`, where nothing is if that does not exist (RFC 8020 §2).
  private func signingPractices(_ known: KnownAnswers) -> [Question] {
    guard let parent = DKIMName.policy(of: request.domain), exists(Question(parent, .txt), known),
      let name = DKIMName.signingPractices(of: request.domain)
    else { return [] }
    return [Question(name, .txt)]
  }
}

// MARK: - What is known so far

extension Inquiry {
  /// The name does not exist, or it is an alias that leads to one that does not (RFC 6604 §3).
  func isMissing(_ name: Name, _ type: RecordType, _ known: KnownAnswers) -> Bool {
    if case .noSuchName = known(Question(name, type))?.outcome { true } else { false }
  }

  /// The name exists, with or without records of that type: something may stand below it.
  func exists(_ question: Question, _ known: KnownAnswers) -> Bool {
    switch known(question)?.outcome {
    case .records, .noData: true
    case .noSuchName, .failure, nil: false
    }
  }

  func isOwn(_ name: Name) -> Bool {
    SuffixList.shareOrganisation(name, request.domain) || request.wanted.owns(name)
  }
}

extension Evaluation {
  var needed: Set<Question> {
    switch self {
    case .result: []
    case .needs(let questions): questions
    }
  }
}
