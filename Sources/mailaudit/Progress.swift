import DNSData
import Evidence
import Synchronization

/// Shows on standard error, if that is a terminal, what is still awaited.
final class Progress: AnswerSource, ProbeSource {
  private struct Count {
    var asked = 0
    var answered = 0
    /// Conversations under way, in the order of their beginning.
    var calls: [ProbeRequest] = []

    var sentence: String {
      let questions = "asked \(asked), waiting for \(asked - answered)"
      guard let call = calls.first else { return questions }
      let more = calls.count > 1 ? " and \(calls.count - 1) more" : ""
      return questions + "; talking to \(call.address) port \(call.service.port)\(more)"
    }
  }

  private let source: any AnswerSource
  private let servers: (any ProbeSource)?
  private let count = Mutex(Count())
  private let isShown = FileHandles.standardErrorIsTerminal

  init(over source: any AnswerSource, _ servers: (any ProbeSource)? = nil) {
    self.source = source
    self.servers = servers
  }

  func answer(_ question: Question) async -> Answer {
    update { $0.asked += 1 }
    let answer = await source.answer(question)
    update { $0.answered += 1 }
    return answer
  }

  func probe(_ request: ProbeRequest) async -> ServerProbe {
    guard let servers else { return ServerProbe(request, .notTried(.limitReached), at: Session.clock()) }
    update { $0.calls.append(request) }
    let probe = await servers.probe(request)
    update { $0.calls.removeAll { $0 == request } }
    return probe
  }

  private func update(_ change: (inout Count) -> Void) {
    count.withLock { count in
      change(&count)
      guard isShown else { return }
      FileHandles.standardError("\r\u{1B}[K\(count.sentence)")
    }
  }

  /// Clears the line.
  func finish() {
    if isShown { FileHandles.standardError("\r\u{1B}[K") }
  }
}
