import DNSData
import Evidence
import Synchronization

/// Shows on standard error, if that is a terminal, what is still awaited.
final class Progress: AnswerSource, ProbeSource {
  private struct Count {
    var asked = 0
    var answered = 0
    var domainsEnded = 0
    /// Conversations under way, in the order of their beginning.
    var calls: [ProbeRequest] = []

    func sentence(domains: Int) -> String {
      let ended = domains > 1 ? "\(domainsEnded) of \(domains) domains; " : ""
      let questions = ended + "asked \(asked), waiting for \(asked - answered)"
      guard let call = calls.first else { return questions }
      let more = calls.count > 1 ? " and \(calls.count - 1) more" : ""
      return questions + "; talking to \(call.address) port \(call.service.port)\(more)"
    }
  }

  private let source: any AnswerSource
  private let servers: (any ProbeSource)?
  private let domains: Int
  private let count = Mutex(Count())
  private let isShown = FileHandles.standardErrorIsTerminal

  init(over source: any AnswerSource, _ servers: (any ProbeSource)? = nil, domains: Int = 1) {
    self.source = source
    self.servers = servers
    self.domains = domains
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

  func domainEnded() { update { $0.domainsEnded += 1 } }

  private func update(_ change: (inout Count) -> Void) {
    count.withLock { count in
      change(&count)
      guard isShown else { return }
      // A line that wraps could not be taken back.
      let line = count.sentence(domains: domains).prefix(FileHandles.standardErrorWidth - 1)
      FileHandles.standardError(Self.clearing + line)
    }
  }

  private static let clearing = "\r\u{1B}[K"

  /// Makes room for something else on the same terminal; the next event shows the line again.
  func clear() {
    count.withLock { _ in
      if isShown { FileHandles.standardError(Self.clearing) }
    }
  }
}
