package import DNSData
package import Evidence

extension NetworkInquiry {
  /// Asks what is needed, all at once and again as answers arrive: as long as the slowest chain of three questions
  /// takes. A caller whose task is cancelled must not count on the facts.
  package func look(
    asking source: any ServerSource, clock: @Sendable () -> Timestamp
  ) async -> NetworkFacts {
    var answers: [ServerQuestion: ServerAnswer] = [:]
    var asked: Set<ServerQuestion> = []
    await withTaskGroup(of: ServerAnswer.self) { group in
      func askWhatIsNeeded() {
        for question in needs({ answers[$0] }).subtracting(asked) {
          asked.insert(question)
          group.addTask { await source.ask(question) }
        }
      }
      askWhatIsNeeded()
      while let answer = await group.next() {
        answers[answer.question] = answer
        askWhatIsNeeded()
      }
    }
    return facts({ answers[$0] }, at: clock())
  }
}
