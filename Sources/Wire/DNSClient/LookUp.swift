// One question to the servers in turn: rounds with growing waits inside one deadline; over TCP where UDP does not
// do; without EDNS where a server cannot read it.

internal import DNSData
internal import LDNS
internal import NIOCore

extension StubResolver {
  func lookUp(_ question: Question) async -> Step {
    var remaining = await serversInOrder()
    var worst: Step?
    // Runs from the moment the first server's queue lets the question go: the queue is not the question's fault.
    var deadline: NIODeadline?
    let rounds = max(1, min(configuration.tries, Self.mostRounds))
    for round in 0..<rounds {
      let servers = remaining
      for (index, destination) in servers.enumerated() {
        if let deadline, deadline <= .now() { break }
        guard !Task.isCancelled else { return failed(.timeout) }
        let entry = await destination.enter(until: deadline)
        let end = deadline ?? .now() + timeout
        deadline = end
        // Waits double from round to round. The time left, in units of the wait that comes now: what remains of
        // this round, and twice, four times … as much for each server in the rounds to come.
        let later = remaining.count * ((1 << (rounds - round)) - 2)
        let left = max(0, (end - .now()).nanoseconds)
        let wait = TimeAmount.nanoseconds(left / Int64(servers.count - index + later))
        let step = await ask(destination, question, after: entry, wait: wait, deadline: end)
        guard step.isFailure else { return step }
        if step.weight >= worst?.weight ?? 0 { worst = step }
        if step.isFinal { remaining.removeAll { $0 === destination } }
      }
    }
    return worst ?? failed(configuration.servers.isEmpty ? .unreachable : .timeout)
  }

  private static let mostRounds = 8

  /// Those that answered lately first, otherwise as configured.
  private func serversInOrder() async -> [Destination] {
    var losses: [Int] = []
    for destination in destinations { losses.append(await destination.silence) }
    return zip(destinations, losses).enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      .map(\.element.0)
  }

  private func ask(
    _ destination: Destination, _ question: Question, after entry: Destination.Entry, wait: TimeAmount,
    deadline: NIODeadline
  ) async -> Step {
    switch entry {
    case .granted(let number):
      let reply = await converse(destination, question, wait: wait, deadline: deadline)
      switch reply {
      case .message(let message, let edns):
        await destination.leave(number, .answered)
        let reading = message.reading(of: question)
        return Step(
          reading: reading, responder: .server(destination.server), time: configuration.clock(),
          extendedErrors: message.extendedErrors,
          signed: edns == .none || reading.failure != nil ? nil : message.signedAnswer(to: question))
      case .failure(let failure):
        await destination.leave(number, .neither)
        return step(failure, destination)
      case .silence:
        await destination.leave(number, .lost)
        return step(await destination.failure, destination)
      }
    case .late, .silent: return step(await destination.failure, destination)
    case .unreachable: return step(.unreachable, destination)
    }
  }

  private func step(_ failure: LookupFailure, _ destination: Destination) -> Step {
    Step(
      reading: .outcome(.failure(failure)), responder: .server(destination.server),
      time: configuration.clock(), extendedErrors: [], signed: nil)
  }

  private enum Reply {
    /// With what it was asked with.
    case message(DNSMessage, Query.EDNS)
    case failure(LookupFailure)
    case silence
  }

  private enum Transport { case datagram, stream }

  /// UDP, then whatever the answers ask for: TCP once, EDNS off once. Each exchange gets `wait`, all end by
  /// `deadline`.
  private func converse(
    _ destination: Destination, _ question: Question, wait: TimeAmount, deadline: NIODeadline
  ) async -> Reply {
    var draft = QueryDraft(
      question: question, recursion: configuration.recursion, checking: configuration.checking)
    var transport = Transport.datagram
    while true {
      let until = min(deadline, .now() + wait)
      let octets: [UInt8]
      switch transport {
      case .datagram:
        switch await destination.datagrams.exchange(draft, until: until) {
        case .answered(let answer): octets = answer
        case .truncated, .distrusted:
          transport = .stream
          continue
        case .silence: return .silence
        case .unreachable: return .failure(.unreachable)
        }
      case .stream:
        countStreamExchange()
        switch await StreamExchange.exchange(draft, with: destination.address, until: until, on: loop) {
        case .answered(let answer): octets = answer
        case .timeout: return .silence
        case .unreachable: return .failure(.unreachable)
        case .mismatched: return .failure(StreamExchange.mismatch)
        }
      }
      do {
        let message = try DNSMessage(octets)
        guard message.refusesEDNS, draft.edns != .none else { return .message(message, draft.edns) }
        draft.edns = .none
      } catch {
        return .failure(.malformed("\(error)"))
      }
    }
  }
}

extension DNSMessage {
  /// RFC 6891 §7, §6.1.3.
  fileprivate var refusesEDNS: Bool {
    [ResponseCode.formatError, ResponseCode.notImplemented, ResponseCode.badVersion].contains(responseCode)
  }
}

extension Reading {
  fileprivate var failure: LookupFailure? {
    if case .outcome(.failure(let failure)) = self { failure } else { nil }
  }
}

extension Step {
  private var failure: LookupFailure? { reading.failure }

  /// Does another server have to be asked? A circle of aliases is the domain's own.
  fileprivate var isFailure: Bool { failure.map { $0 != .aliasLoop } ?? false }

  /// Silence may end; everything else would only be said again.
  fileprivate var isFinal: Bool { failure != .timeout }

  /// How much a failure tells; of equals, the last counts.
  fileprivate var weight: Int {
    switch failure {
    case .serverFailure: extendedErrors.isEmpty ? 5 : 6
    case .responseCode: 4
    case .malformed, .aliasLoop: 3
    case .refused: 2
    case .unreachable: 1
    case .timeout, .limitReached, .notInFiles, .bogus, .disbelieved, .addressNotAllowed, nil: 0
    }
  }
}
