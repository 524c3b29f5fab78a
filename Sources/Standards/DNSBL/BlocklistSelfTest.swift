package import DNSData
package import Evidence

/// Whether a list is in working order (RFC 5782 §5, RFC 6471 §3.5). What another says counts for nothing.
package enum BlocklistSelfTest: Hashable, Sendable {
  /// The operator has no test points: the list is believed.
  case notOffered
  case passed
  /// The test entry that must be listed is not: the list is empty or dead.
  case listsNothing(Answer)
  /// The test entry that must not be listed is: the list lists everything.
  case listsEverything(Answer)
  case refused(Answer)
  case outsideLoopback(Answer)
  case unanswered(Answer)

  package var isWell: Bool {
    switch self {
    case .notOffered, .passed: true
    case .listsNothing, .listsEverything, .refused, .outsideLoopback, .unanswered: false
    }
  }
}

extension Blocklist {
  package func selfTest(_ known: KnownAnswers) -> Evaluation<BlocklistSelfTest> {
    guard let testPoints else { return .result(.notOffered) }
    let questions = [testPoints.listed, testPoints.unlisted].compactMap(question)
    let answers = questions.compactMap(known)
    guard answers.count == questions.count, let listed = answers.first, let unlisted = answers.last else {
      return .needs(Set(questions))
    }
    // What is proven by one answer holds, however the other failed.
    for answer in answers {
      switch judge(answer) {
      case .refused: return .result(.refused(answer))
      case .outsideLoopback: return .result(.outsideLoopback(answer))
      case .listed, .unexplained, .notListed, .failed: continue
      }
    }
    if case .notListed = judge(listed) { return .result(.listsNothing(listed)) }
    switch judge(unlisted) {
    // Test entries may have codes of their own.
    case .listed, .unexplained: return .result(.listsEverything(unlisted))
    case .notListed, .refused, .outsideLoopback, .failed: break
    }
    return .result(answers.first { $0.failure != nil }.map { .unanswered($0) } ?? .passed)
  }
}
