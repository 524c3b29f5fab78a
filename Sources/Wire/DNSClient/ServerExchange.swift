// One question to one name server in its manner: two tries over UDP inside one deadline, TCP where the manner or the
// answer asks for it. Never another manner than was asked for: what a server makes of EDNS is what is looked at.

internal import DNSData
internal import Evidence
internal import LDNS
internal import NIOCore

/// What came over UDP before anything else.
struct ReceivedDatagram {
  /// In octets.
  let size: Int
  let isTruncated: Bool
}

extension NameServerClient {
  private static let tries = 2

  func ask(_ destination: Destination, _ question: ServerQuestion) async -> ServerAnswer.Result {
    // Runs from the moment the queues let the question go: they are not the question's fault.
    var deadline: NIODeadline?
    for remaining in (0..<Self.tries).reversed() {
      guard !Task.isCancelled else { return .failure(.timeout) }
      switch await destination.enter(until: deadline) {
      case .granted(let number):
        await enter()
        let end = deadline ?? .now() + timeout
        deadline = end
        // The second try waits twice as long as the first.
        let left = max(0, (end - .now()).nanoseconds)
        let wait = TimeAmount.nanoseconds(remaining == 0 ? left : left / 3)
        let reply = await converse(destination, question, wait: wait, deadline: end)
        leave()
        switch reply {
        case .result(let result):
          await destination.leave(number, result.isMessage ? .answered : .neither)
          return result
        case .silence: await destination.leave(number, .lost)
        }
      case .late, .silent: return .failure(await destination.failure)
      case .unreachable: return .failure(.unreachable)
      }
    }
    return .failure(await destination.failure)
  }

  private enum Reply {
    case result(ServerAnswer.Result)
    /// Over UDP, in which datagrams get lost.
    case silence
  }

  private func converse(
    _ destination: Destination, _ question: ServerQuestion, wait: TimeAmount, deadline: NIODeadline
  ) async -> Reply {
    let draft = question.draft
    var datagram: ReceivedDatagram?
    if question.manner.startsWithDatagram {
      switch await destination.datagrams.exchange(draft, until: min(deadline, .now() + wait)) {
      case .answered(let octets):
        return .result(
          question.read(octets, datagram: ReceivedDatagram(size: octets.count, isTruncated: false)))
      case .truncated(let octets):
        let cut = ReceivedDatagram(size: octets.count, isTruncated: true)
        guard question.manner.completesTruncated else { return .result(question.read(octets, datagram: cut)) }
        datagram = cut
      case .distrusted: break
      case .silence: return .silence
      case .unreachable: return .result(.failure(.unreachable))
      }
    }
    countStreamExchange()
    let stream = await StreamExchange.exchange(draft, with: destination.address, until: deadline, on: loop)
    switch stream {
    case .answered(let octets): return .result(question.read(octets, datagram: datagram))
    case .timeout: return .result(.failure(.timeout))
    case .unreachable: return .result(.failure(.unreachable))
    case .mismatched: return .result(.failure(StreamExchange.mismatch))
    }
  }
}

extension ServerAnswer.Result {
  fileprivate var isMessage: Bool {
    if case .message = self { true } else { false }
  }
}

extension ServerQuestion {
  fileprivate var draft: QueryDraft {
    QueryDraft(question: question, recursion: manner.recursion, checking: .enabled, edns: manner.edns)
  }
}

extension ServerQuestion.Manner {
  fileprivate var startsWithDatagram: Bool {
    switch self {
    case .stream, .recursiveStream: false
    case .usual, .withoutEDNS, .unknownOption, .unknownFlag, .unknownVersion, .largePayload, .recursive: true
    }
  }

  fileprivate var completesTruncated: Bool {
    switch self {
    case .usual, .withoutEDNS, .recursive, .stream, .recursiveStream: true
    case .unknownOption, .unknownFlag, .unknownVersion, .largePayload: false
    }
  }

  fileprivate var recursion: Query.Recursion {
    switch self {
    case .recursive, .recursiveStream: .desired
    case .usual, .stream, .withoutEDNS, .unknownOption, .unknownFlag, .unknownVersion, .largePayload:
      .notDesired
    }
  }

  fileprivate var edns: Query.EDNS {
    switch self {
    case .usual, .stream, .recursive, .recursiveStream: .standard
    case .withoutEDNS: .none
    case .unknownOption: .standard(with: .option)
    case .unknownFlag: .standard(with: .flag)
    case .unknownVersion: .standard(with: .version)
    case .largePayload: .dnssecOK(payload: 4096)
    }
  }
}
