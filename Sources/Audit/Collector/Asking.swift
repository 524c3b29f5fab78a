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
        for answer in await ask(questions) { answers[answer.question] = answer }
      }
    }
  }

  /// All at once; the answers in the order in which they came.
  func ask(_ questions: some Sequence<Question>) async -> [Answer] {
    await withTaskGroup(of: Answer.self) { group in
      for question in questions { group.addTask { await answer(question) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
