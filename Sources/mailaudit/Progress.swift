import DNSData
import Synchronization

/// Shows on standard error, if that is a terminal, how many questions are still open.
final class Progress: AnswerSource {
  private struct Count {
    var asked = 0
    var answered = 0
  }

  private let source: any AnswerSource
  private let count = Mutex(Count())
  private let isShown = FileHandles.standardErrorIsTerminal

  init(over source: any AnswerSource) { self.source = source }

  func answer(_ question: Question) async -> Answer {
    update { $0.asked += 1 }
    let answer = await source.answer(question)
    update { $0.answered += 1 }
    return answer
  }

  private func update(_ change: (inout Count) -> Void) {
    count.withLock { count in
      change(&count)
      guard isShown else { return }
      FileHandles.standardError("\r\u{1B}[Kasked \(count.asked), waiting for \(count.asked - count.answered)")
    }
  }

  /// Clears the line.
  func finish() {
    if isShown { FileHandles.standardError("\r\u{1B}[K") }
  }
}
