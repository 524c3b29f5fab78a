package import DNSData

extension AnswerSource {
  /// Asks what an evaluation needs until it has its result, all questions of a round at once.
  ///
  /// The source answers every question, with a failure at worst, so that each round brings the evaluation on; the
  /// standards bound how many rounds there can be.
  package func evaluate<Value>(_ step: (KnownAnswers) -> Evaluation<Value>) async -> Value {
    var answers: [Question: Answer] = [:]
    while true {
      switch step({ answers[$0] }) {
      case .result(let value): return value
      case .needs(let questions):
        await withTaskGroup(of: Answer.self) { group in
          for question in questions { group.addTask { await answer(question) } }
          for await answer in group { answers[answer.question] = answer }
        }
      }
    }
  }
}
