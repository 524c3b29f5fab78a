package import DNSData
package import Evidence
import PublicSuffix

/// What an audit needs to know: a pure function of the answers known so far. Everything that does not wait for an
/// answer is in the first set, so that an audit takes as many rounds as its longest chain of questions.
package struct Inquiry: Sendable {
  /// Selectors that signers use by default: tried when none is given. What is missed there proves nothing.
  package static let commonSelectors = [
    "default", "dkim", "google", "k1", "mail", "s1", "s2", "selector1", "selector2",
  ]

  let request: AuditRequest

  package init(_ request: AuditRequest) { self.request = request }

  /// Asked already or not.
  package func needs(_ known: KnownAnswers) -> Set<Question> {
    var questions = basics
    questions.formUnion(hosts(known))
    questions.formUnion(services(known))
    questions.formUnion(policies(known))
    questions.formUnion(reports(known))
    questions.formUnion(mistakes(known))
    questions.formUnion(blocklists(known))
    return questions
  }

  /// The questions in the order of their dependence, given all answers: each needs only those in front of it.
  package func rounds(_ answers: [Question: Answer]) -> [Set<Question>] {
    var rounds: [Set<Question>] = []
    var known: [Question: Answer] = [:]
    while true {
      let next = needs { known[$0] }.filter { known[$0] == nil && answers[$0] != nil }
      guard !next.isEmpty else { return rounds }
      rounds.append(next)
      for question in next { known[question] = answers[question] }
    }
  }

  // MARK: - What waits for nothing

  private var basics: Set<Question> {
    var questions: Set<Question> = [
      Question(request.domain, .mx), Question(request.domain, .txt), Question(request.domain, .a),
      Question(request.domain, .aaaa), Question(request.domain, .spf),
    ]
    let guesses = Self.commonSelectors + request.publishedSelectors
    let selectors = request.selectors.isEmpty ? guesses : request.selectors
    for label in selectors + [request.probeLabel] {
      if let name = DKIMName.of(selector: label, domain: request.domain) {
        questions.insert(Question(name, .txt))
      }
    }
    questions.formUnion(DKIMName.policies(of: request.domain).map { Question($0, .txt) })
    questions.formUnion(request.senders.map { Question($0.reverseName, .ptr) })
    if let name = ForSaleName.of(request.domain) { questions.insert(Question(name, .txt)) }
    questions.formUnion(wildcardProbes)
    return questions
  }

  /// What answers at a name that nobody has published is a wildcard's (RFC 4592).
  private var wildcardProbes: [Question] {
    guard let name = try? request.domain.prepending(request.probeLabel) else { return [] }
    return [Question(name, .txt), Question(name, .mx)]
  }
}

// MARK: - What is known so far

extension Inquiry {
  /// The name does not exist, and nothing below it does (RFC 8020).
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

  func isOwn(_ name: Name) -> Bool { SuffixList.shareOrganisation(name, request.domain) }
}

extension Evaluation {
  var needed: Set<Question> {
    switch self {
    case .result: []
    case .needs(let questions): questions
    }
  }
}
