// Whether a mechanism matches the client (RFC 7208 §5), and the names that validate
// an address (§5.5). What a match or an error means for the result is decided in
// Evaluator.swift.

import DNSData

/// Whether one mechanism matches the client (RFC 7208 §5).
extension Evaluator {
  /// nil if it does not; otherwise what matched inside it, which only an include has.
  mutating func match(
    _ mechanism: SPFMechanism, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> [SPFMatch]? {
    let isMatch: Bool
    switch mechanism {
    case .all: isMatch = true
    case .ip4(let network), .ip6(let network): isMatch = network.contains(check.client)
    case .include(let spec): return try include(spec, term, scope)
    case .a(let spec, let lengths): isMatch = try matchesA(spec, lengths, term, scope)
    case .mx(let spec, let lengths): isMatch = try matchesMX(spec, lengths, term, scope)
    case .ptr(let spec): isMatch = try matchesPTR(spec, term, scope)
    case .exists(let spec): isMatch = try exists(spec, term, scope)
    }
    return isMatch ? [] : nil
  }

  // MARK: - a, mx, exists (§5.3, §5.4, §5.7)

  private mutating func matchesA(
    _ spec: SPFDomainSpec?, _ lengths: SPFPrefixLengths, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Bool {
    guard let name = try target(spec, term, scope) else { return false }
    let answer = try answer(Question(name, check.client.family.addressType), term, scope)
    try countVoid(answer, term, scope)
    return admits(answer, lengths)
  }

  private mutating func matchesMX(
    _ spec: SPFDomainSpec?, _ lengths: SPFPrefixLengths, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Bool {
    guard let name = try target(spec, term, scope) else { return false }
    let answer = try answer(Question(name, .mx), term, scope)
    try countVoid(answer, term, scope)
    let exchangers = answer.exchangers
    guard exchangers.count <= SPFLimits.exchangers else {
      throw problem(.tooManyExchangers(exchangers.count, at: name), scope, term)
    }
    // In the order of preference, so that a host whose look-up fails hides only those behind it. The addresses do
    // not count as void look-ups: the limit is one of terms (§4.6.4), and the look-up of this term found hosts.
    let questions = exchangers.map { Question($0, check.client.family.addressType) }
    for question in questions {
      guard answers(question) != nil else { throw .needs(unanswered(questions)) }
      if admits(try self.answer(question, term, scope), lengths) { return true }
    }
    return false
  }

  private mutating func exists(
    _ spec: SPFDomainSpec, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Bool {
    guard let name = try target(spec, term, scope) else { return false }
    // A records also for a client that uses IPv6 (§5.7).
    let answer = try answer(Question(name, .a), term, scope)
    try countVoid(answer, term, scope)
    return !answer.records.isEmpty
  }

  private func admits(_ answer: Answer, _ lengths: SPFPrefixLengths) -> Bool {
    answer.records.contains { record in
      record.data.address.flatMap(lengths.network)?.contains(check.client) ?? false
    }
  }

  // MARK: - ptr (§5.5)

  private mutating func matchesPTR(
    _ spec: SPFDomainSpec?, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Bool {
    guard let name = try target(spec, term, scope) else { return false }
    try countVoid(try answer(Question(check.client.reverseName, .ptr)), term, scope)
    return try validatedNames().contains { $0.isAtOrBelow(name) }
  }

  /// The names of the client that lead back to it. A failing look-up takes away a name, or all of them; it is never
  /// an error.
  private func validatedNames() throws(Interruption) -> [Name] {
    let answer = try answer(Question(check.client.reverseName, .ptr))
    let names = answer.records.compactMap { record in
      if case .ptr(let name) = record.data { name } else { nil }
    }
    let questions = names.prefix(SPFLimits.pointers).map { Question($0, check.client.family.addressType) }
    let missing = unanswered(questions)
    guard missing.isEmpty else { throw .needs(missing) }
    return questions.filter { question in
      answers(question)?.records.contains { $0.data.address == check.client } ?? false
    }.map(\.name)
  }

  /// For `%{p}`: the domain itself, else a name below it, else any (§7.3).
  private func validatedName(_ scope: Scope) throws(Interruption) -> [UInt8] {
    let names = try validatedNames()
    let best =
      names.first { $0 == scope.name } ?? names.first { $0.isAtOrBelow(scope.name) } ?? names.first
    return best.map(DomainText.text) ?? SPFExpansion.unknown
  }

  // MARK: - Names and answers

  func expand(_ text: SPFMacroString, _ scope: Scope) throws(Interruption) -> [UInt8] {
    guard text.letters.contains(.validatedName) else {
      return check.expansion(at: scope.text).expand(text)
    }
    return check.expansion(at: scope.text, validatedName: try validatedName(scope)).expand(text)
  }

  /// The target-name (§4.8). nil if it is no name: the term costs a look-up, asks nothing and does not match, which
  /// is one of the two readings the RFC allows.
  private mutating func target(
    _ spec: SPFDomainSpec?, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Name? {
    try countLookup(term, scope)
    guard let spec else { return scope.name }
    return DomainText.name(try expand(spec.text, scope))
  }

  /// An answer that is not a failure: that ends the evaluation (§5).
  private func answer(
    _ question: Question, _ term: SPFTerm, _ scope: Scope
  ) throws(Interruption) -> Answer {
    let answer = try answer(question)
    if let failure = answer.failure { throw problem(.lookupFailed(question, failure), scope, term) }
    return answer
  }

  private func unanswered(_ questions: [Question]) -> Set<Question> {
    Set(questions.filter { answers($0) == nil })
  }
}

extension Answer {
  /// The hosts of MX records by preference, equals as received; without a null MX (RFC 7505), which names no host.
  var exchangers: [Name] {
    let records = records.compactMap { record -> MX? in
      if case .mx(let mx) = record.data, !mx.isNull { mx } else { nil }
    }
    return records.enumerated().sorted {
      ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset)
    }.map(\.element.exchange)
  }
}
