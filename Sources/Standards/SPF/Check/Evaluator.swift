// check_host() (RFC 7208 §4): the way through records, includes and redirects, with
// the limits and the explanation. Whether a single mechanism matches is decided in
// Matching.swift. No I/O: a question without an answer is thrown.

import DNSData

/// check_host() (RFC 7208 §4) over the answers known so far. Anything that ends it early is thrown: an error of the
/// record or of the DNS, or a question without an answer yet. It recurses only through include and redirect, which
/// the limit on look-ups ends.
struct Evaluator {
  let check: SPFCheck
  let answers: KnownAnswers
  private var lookups = 0
  private var voids = 0

  enum Interruption: Error {
    case needs(Set<Question>)
    case problem(SPFProblem)
  }

  /// The domain under evaluation, as a name and as the text that `%{d}` stands for.
  struct Scope {
    let name: Name
    let text: [UInt8]
  }

  private struct Outcome {
    let result: SPFResult
    let matches: [SPFMatch]
    /// Where the record that decided stands: its `exp` counts (§6.2).
    let decidedBy: (record: SPFRecord, scope: Scope)?

    static let noRecord = Outcome(result: .none, matches: [], decidedBy: nil)
  }

  init(check: SPFCheck, answers: @escaping KnownAnswers) {
    self.check = check
    self.answers = answers
  }

  mutating func verdict(_ name: Name, text: [UInt8]) -> Evaluation<SPFVerdict> {
    do throws(Interruption) {
      let outcome = try checkHost(Scope(name: name, text: text))
      let explanation = try explanation(of: outcome)
      return .result(verdict(outcome.result, outcome.matches, nil, explanation))
    } catch {
      switch error {
      case .needs(let questions): return .needs(questions)
      case .problem(let problem): return .result(verdict(problem.result, [], problem, nil))
      }
    }
  }

  private func verdict(
    _ result: SPFResult, _ matches: [SPFMatch], _ problem: SPFProblem?, _ explanation: [UInt8]?
  ) -> SPFVerdict {
    SPFVerdict(
      result: result, matches: matches, problem: problem, explanation: explanation, lookups: lookups,
      voids: voids)
  }

  // MARK: - One record (§4.4 to §4.7)

  private mutating func checkHost(_ scope: Scope) throws(Interruption) -> Outcome {
    guard let record = try record(scope) else { return .noRecord }
    for (qualifier, mechanism, term) in record.directives {
      guard let inner = try match(mechanism, term, scope) else { continue }
      return Outcome(
        result: qualifier.result, matches: [SPFMatch(domain: scope.name, term: term)] + inner,
        decidedBy: (record, scope))
    }
    // No `all` in this record, or it would have matched: redirect counts (§6.1).
    if let term = record.redirect, let spec = term.domainSpec {
      return try redirect(spec, term, scope)
    }
    return Outcome(result: .neutral, matches: [], decidedBy: nil)  // §4.7
  }

  private func record(_ scope: Scope) throws(Interruption) -> SPFRecord? {
    let question = Question(scope.name, .txt)
    let answer = try answer(question)
    if let failure = answer.failure {
      throw problem(.lookupFailed(question, failure), scope, nil)  // §4.4
    }
    let texts = SPFRecord.select(answer.records)
    guard texts.count <= 1 else { throw problem(.multipleRecords(texts.count), scope, nil) }  // §4.5
    guard let text = texts.first, let record = SPFRecord(text.joined) else { return nil }
    guard record.faults.isEmpty else { throw problem(.faults(record.faults), scope, nil) }  // §4.6
    return record
  }

  private mutating func redirect(
    _ spec: SPFDomainSpec, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Outcome {
    let target = try recordTarget(spec, term, scope)
    let outcome = try checkHost(target)
    guard outcome.result != .none else {
      throw problem(.noRecord(at: target.name), scope, term)  // §6.1
    }
    return outcome
  }

  /// What matched inside an include; nil if it does not match (§5.2).
  mutating func include(
    _ spec: SPFDomainSpec, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> [SPFMatch]? {
    let target = try recordTarget(spec, term, scope)
    let outcome = try checkHost(target)
    switch outcome.result {
    case .pass: return outcome.matches
    case .fail, .softfail, .neutral: return nil
    case .none: throw problem(.noRecord(at: target.name), scope, term)
    // Errors come as a throw from further in and end the whole evaluation.
    case .temperror, .permerror: return nil
    }
  }

  /// The domain that include and redirect go on with: check_host() anew, so §4.3 applies to it, and what would be
  /// none there is a permanent error here.
  private mutating func recordTarget(
    _ spec: SPFDomainSpec, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Scope {
    try countLookup(term, scope)
    let text = try expand(spec.text, scope)
    guard let name = DomainText.name(text), name.labelCount > 1 else {
      throw problem(.malformedTarget(text), scope, term)
    }
    let isTruncated = text.count > SPFLimits.nameOctets + 1
    return Scope(name: name, text: isTruncated ? DomainText.text(name) : DomainText.withoutFinalDot(text))
  }

  // MARK: - Limits (§4.6.4) and answers

  mutating func countLookup(_ term: SPFTerm, _ scope: Scope) throws(Interruption) {
    guard lookups < SPFLimits.lookups else { throw problem(.tooManyLookups, scope, term) }
    lookups += 1
  }

  mutating func countVoid(_ answer: Answer, _ term: SPFTerm, _ scope: Scope) throws(Interruption) {
    switch answer.outcome {
    case .records, .failure: return
    case .noSuchName, .noData: voids += 1
    }
    guard voids <= SPFLimits.voids else { throw problem(.tooManyVoids, scope, term) }
  }

  func answer(_ question: Question) throws(Interruption) -> Answer {
    guard let answer = answers(question) else { throw .needs([question]) }
    return answer
  }

  func problem(_ kind: SPFProblem.Kind, _ scope: Scope, _ term: SPFTerm?) -> Interruption {
    .problem(SPFProblem(kind: kind, domain: scope.name, term: term))
  }

  // MARK: - Explanation (§6.2)

  /// Nothing that goes wrong here changes the result, and nothing counts against the limits.
  private func explanation(of outcome: Outcome) throws(Interruption) -> [UInt8]? {
    guard outcome.result == .fail, let (record, scope) = outcome.decidedBy,
      let spec = record.explanation?.domainSpec,
      let name = DomainText.name(try expand(spec.text, scope))
    else { return nil }
    let texts = try answer(Question(name, .txt)).records.compactMap { record -> [UInt8]? in
      if case .txt(let text) = record.data { text.joined } else { nil }
    }
    guard texts.count == 1, let octets = texts.first,
      case .value(let text) = MacroParser.parse(octets, octets.indices, .explanation)
    else { return nil }
    return try expand(text, scope)
  }
}

extension SPFQualifier {
  package var result: SPFResult {
    switch self {
    case .pass: .pass
    case .fail: .fail
    case .softfail: .softfail
    case .neutral: .neutral
    }
  }
}
