// Questions to single name servers, each asked once in a run, whoever asks for it. Servers learnt from a zone are
// strangers: none is asked at a special address, none faster than it answers.

internal import DNSData
package import Evidence
internal import NIOCore
internal import NIOPosix

package actor NameServerClient: ServerSource {
  let configuration: NameServerConfiguration
  let timeout: TimeAmount
  nonisolated let loop: any EventLoop
  /// One thread of SwiftNIO runs the client, its sockets and its timers; nothing hops between threads.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  private var lookUps: [ServerQuestion: Task<ServerAnswer, Never>] = [:]
  private var destinations: [ServerAddress: Visited] = [:]
  private var counts = NameServerStatistics()
  private var atOnce = 0
  private var waiting = CircularBuffer<CheckedContinuation<Void, Never>>()
  private var isShut = false

  private struct Visited {
    let destination: Destination
    /// Look-ups that are not done yet.
    var questions = 0
  }

  package init(_ configuration: NameServerConfiguration) {
    self.configuration = configuration
    timeout = TimeAmount(bounded: configuration.timeout)
    loop = MultiThreadedEventLoopGroup.singleton.next()
  }

  /// Always answers, within the time that the queue for the server and one time-out take.
  package func ask(_ question: ServerQuestion) async -> ServerAnswer {
    if let known = lookUps[question] {
      counts.shared += 1
      return await known.value
    }
    if let failure = refusal(of: question) { return answer(question, .failure(failure)) }
    counts.questions += 1
    let asking = Task { await lookUp(question) }
    lookUps[question] = asking
    return await asking.value
  }

  /// Why a question is not sent at all.
  private func refusal(of question: ServerQuestion) -> LookupFailure? {
    let server = question.server
    if !configuration.exempt.contains(server),
      SpecialPurpose.block(of: server.address, allowed: configuration.allowedNetworks) != nil
    {
      return .addressNotAllowed
    }
    if isShut { return .timeout }
    return counts.questions < configuration.questionBudget ? nil : .limitReached
  }

  private func lookUp(_ question: ServerQuestion) async -> ServerAnswer {
    guard let destination = begin(question) else { return answer(question, .failure(.unreachable)) }
    let result = await ask(destination, question)
    end(question)
    return answer(question, result)
  }

  private func answer(_ question: ServerQuestion, _ result: ServerAnswer.Result) -> ServerAnswer {
    ServerAnswer(question, result, at: configuration.clock())
  }

  package var statistics: NameServerStatistics {
    get async {
      var sum = counts
      for visited in destinations.values {
        let part = await visited.destination.datagrams.statistics
        sum.datagramsSent += part.datagramsSent
        sum.datagramsMismatched += part.datagramsMismatched
      }
      return sum
    }
  }

  /// Ends what is running, closes all sockets. Questions asked later are answered with a time-out.
  package func shutDown() async {
    isShut = true
    let tasks = Array(lookUps.values)
    for task in tasks { task.cancel() }
    for task in tasks { _ = await task.value }
    for visited in Array(destinations.values) { await visited.destination.shutDown() }
  }

  // MARK: - Servers

  /// One pace and one set of sockets for all questions to a server. Takes the question: Swift 6.3 without optimization crashes
  /// on an address that is handed over by itself here, for it misaligns the 128 bits.
  private func begin(_ question: ServerQuestion) -> Destination? {
    let known = destinations[question.server]?.destination
    guard let destination = known ?? newDestination(for: question) else { return nil }
    destinations[question.server, default: Visited(destination: destination)].questions += 1
    return destination
  }

  private func newDestination(for question: ServerQuestion) -> Destination? {
    Destination(
      question.server, capacity: .nameServer, maximumInFlight: configuration.maximumInFlight,
      timeout: timeout, loop: loop)
  }

  /// A server that nothing is asked of keeps no socket: a run meets more servers than a process has descriptors.
  private func end(_ question: ServerQuestion) {
    guard let visited = destinations[question.server] else { return }
    destinations[question.server]?.questions -= 1
    if visited.questions == 1 { visited.destination.datagrams.assumeIsolated { $0.rest() } }
  }

  // MARK: - All at once

  /// After the server's own queue, so that a slow one holds up nobody else.
  func enter() async {
    if atOnce < max(1, configuration.questionsAtOnce) {
      atOnce += 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Hands the place on.
  func leave() {
    if let next = waiting.popFirst() { next.resume() } else { atOnce -= 1 }
  }

  func countStreamExchange() { counts.streamExchanges += 1 }
}
