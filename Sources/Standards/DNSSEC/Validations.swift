/// The validations of one audit: what holds of the answers so far, and what is still to be asked to tell.
package import DNSData
package import Evidence

package struct Validations: Sendable {
  private var validator: Validator
  private var answers: [Question: SignedAnswer] = [:]
  /// Of all questions that could be decided.
  package private(set) var results: [Question: Validation] = [:]

  package init(anchors: TrustAnchors, at moment: Timestamp) {
    validator = Validator(anchors: anchors, at: moment)
  }

  /// Each question has one answer: the first that is added. What failed and what no server said, such as a zone file's
  /// word, counts as a failure.
  package mutating func add(_ answer: Answer) {
    let messages =
      answer.signed.isEmpty
      ? [SignedAnswer(answer.question, .failure(answer.failure ?? .notInFiles))] : answer.signed
    for message in messages where answers[message.question] == nil { answers[message.question] = message }
  }

  /// Decides what can be decided of `questions`; gives the questions to which answers are missing.
  package mutating func decide(_ questions: some Sequence<Question>) -> Set<Question> {
    var missing: Set<Question> = []
    let known = answers
    for question in questions where results[question] == nil {
      switch validator.evaluate(question, answers: { known[$0] }) {
      case .result(let validation): results[question] = validation
      case .needs(let questions): missing.formUnion(questions)
      }
    }
    return missing
  }

  package func questions(toTrust zone: Name) -> Set<Question> { validator.questions(toTrust: zone) }
}
