// The network as a source of answers: every question is asked once in a run, whoever asks for it.
//
// A look-up is kept as what one server said (`Step`); aliases that lead on are followed per caller, through the
// same cache, so that no look-up ever waits for another one.

package import DNSData
internal import LDNS
internal import NIOCore
internal import NIOPosix

package actor StubResolver: AnswerSource {
  let configuration: ResolverConfiguration
  let destinations: [Destination]
  let timeout: TimeAmount
  nonisolated let loop: any EventLoop
  /// One thread of SwiftNIO runs the resolver, its sockets and its timers; nothing hops between threads.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  private var lookUps: [Question: LookUp] = [:]
  private var running: [Question: Task<Void, Never>] = [:]
  private var nextWaiter = 0
  private var counts = ResolverStatistics()
  private var streamExchanges = 0
  private var isShut = false

  private enum LookUp {
    case running([Int: CheckedContinuation<Step, Never>])
    case done(Step)
  }

  package init(_ configuration: ResolverConfiguration) {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let timeout = TimeAmount(bounded: configuration.timeout)
    self.configuration = configuration
    self.loop = loop
    self.timeout = timeout
    destinations = configuration.servers.compactMap {
      Destination(
        $0, capacity: .resolver, maximumInFlight: configuration.maximumInFlight, timeout: timeout, loop: loop)
    }
  }

  /// Always answers, within the time that the queue for the server and one time-out per alias take. A caller
  /// whose task is cancelled gets a time-out at once; the look-up goes on for the others.
  package func answer(_ question: Question) async -> Answer {
    var aliases: [Record] = []
    var seen: Set<Name> = [question.name]
    var name = question.name
    var errors: [ExtendedError] = []
    var signed: [SignedAnswer] = []
    while true {
      let step = await step(for: Question(name, question.type))
      errors += step.extendedErrors
      if let part = step.signed { signed.append(part) }
      func answer(_ outcome: Outcome) -> Answer {
        Answer(
          question, outcome, from: step.responder, at: step.time, extendedErrors: errors,
          signed: outcome.isFailure ? [] : signed)
      }
      switch step.reading {
      case .outcome(let outcome): return answer(outcome.following(aliases))
      case .unfinished(let more, let target):
        aliases += more
        guard aliases.count <= Reading.maximumAliases, seen.insert(target).inserted else {
          return answer(.failure(.aliasLoop))
        }
        name = target
      }
    }
  }

  package var statistics: ResolverStatistics {
    get async {
      var sum = counts
      sum.streamExchanges = streamExchanges
      for destination in destinations {
        let part = await destination.datagrams.statistics
        sum.datagramsSent += part.datagramsSent
        sum.datagramsAccepted += part.datagramsAccepted
        sum.datagramsMismatched += part.datagramsMismatched
        sum.datagramsLate += part.datagramsLate
      }
      return sum
    }
  }

  /// Ends what is running, closes all sockets. Questions asked later are answered with a time-out by nobody.
  package func shutDown() async {
    isShut = true
    let tasks = running
    for (_, task) in tasks { task.cancel() }
    for (_, task) in tasks { await task.value }
    for destination in destinations { await destination.shutDown() }
  }

  // MARK: - Cache

  private func step(for question: Question) async -> Step {
    switch lookUps[question] {
    case .done(let step):
      counts.shared += 1
      return step
    case .running: counts.shared += 1
    case nil:
      guard !isShut else { return failed(.timeout) }
      guard counts.questions < configuration.questionBudget else { return failed(.limitReached) }
      counts.asked[question, default: 0] += 1
      lookUps[question] = .running([:])
      running[question] = Task { finish(question, await lookUp(question)) }
    }
    return await wait(for: question)
  }

  private func wait(for question: Question) async -> Step {
    let waiter = nextWaiter
    nextWaiter += 1
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard case .running(var waiters) = lookUps[question] else {
          // Cannot be: nothing suspends between the look into the cache and here.
          continuation.resume(returning: failed(.timeout))
          return
        }
        lookUps[question] = nil
        waiters[waiter] = continuation
        lookUps[question] = .running(waiters)
      }
    } onCancel: {
      Task { await self.stopWaiting(waiter, for: question) }
    }
  }

  private func stopWaiting(_ waiter: Int, for question: Question) {
    guard case .running(var waiters) = lookUps[question] else { return }
    let continuation = waiters.removeValue(forKey: waiter)
    lookUps[question] = .running(waiters)
    continuation?.resume(returning: failed(.timeout))
  }

  private func finish(_ question: Question, _ step: Step) {
    running[question] = nil
    guard case .running(let waiters) = lookUps.updateValue(.done(step), forKey: question) else { return }
    for (_, continuation) in waiters { continuation.resume(returning: step) }
  }

  func countStreamExchange() { streamExchanges += 1 }

  /// Nobody was asked, or nobody in particular failed.
  func failed(_ failure: LookupFailure) -> Step {
    Step(
      reading: .outcome(.failure(failure)), responder: .nobody, time: configuration.clock(),
      extendedErrors: [], signed: nil)
  }
}

/// What one server said to one question.
struct Step: Sendable {
  let reading: Reading
  let responder: Responder
  let time: Timestamp
  let extendedErrors: [ExtendedError]
  /// nil for a failure, and for what a server said that cannot be asked with DO.
  let signed: SignedAnswer?
}

extension TimeAmount {
  /// A configuration is not foreign, but NIO traps on overflow.
  init(bounded duration: Duration) { self.init(min(max(duration, .milliseconds(1)), .seconds(3600))) }
}

extension Outcome {
  var isFailure: Bool {
    if case .failure = self { true } else { false }
  }

  /// With the aliases that were followed before.
  fileprivate func following(_ earlier: [Record]) -> Outcome {
    switch self {
    case .records(let records, let aliases): limited(.records(records, aliases: earlier + aliases))
    case .noSuchName(let aliases): limited(.noSuchName(aliases: earlier + aliases))
    case .noData(let aliases): limited(.noData(aliases: earlier + aliases))
    case .failure: self
    }
  }

  private func limited(_ outcome: Outcome) -> Outcome {
    switch outcome {
    case .records(_, let aliases), .noSuchName(let aliases), .noData(let aliases):
      aliases.count <= Reading.maximumAliases ? outcome : .failure(.aliasLoop)
    case .failure: outcome
    }
  }
}
