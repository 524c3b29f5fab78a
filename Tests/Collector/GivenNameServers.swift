import AuditTesting
import Collector
import DNSData
import Evidence
import Synchronization

/// A network in order, with one resolver and two name servers of the root, except for what `exception` says.
final class GivenNameServers: ServerSource {
  static let resolver = "192.0.2.53"
  static let label = "nobody-published-this"
  private static let day: Int64 = 86_400

  private let exception: @Sendable (ServerQuestion) throws -> ServerAnswer.Result?
  private let counts = Mutex<[ServerQuestion: Int]>([:])

  init(except exception: @escaping @Sendable (ServerQuestion) throws -> ServerAnswer.Result? = { _ in nil }) {
    self.exception = exception
  }

  var asked: [ServerQuestion: Int] { counts.withLock { $0 } }

  func ask(_ question: ServerQuestion) async -> ServerAnswer {
    counts.withLock { $0[question, default: 0] += 1 }
    do {
      return ServerAnswer(question, try exception(question) ?? Self.usual(question), at: World.time)
    } catch {
      return ServerAnswer(question, .failure(.malformed("\(error)")), at: World.time)
    }
  }

  func look(
    through resolvers: [String] = [resolver], at moment: Timestamp = World.time
  ) async throws -> NetworkFacts {
    let inquiry = NetworkInquiry(
      resolvers: resolvers.compactMap(ServerAddress.init), label: Self.label, below: try Name("com"))
    return await inquiry.look(asking: self) { moment }
  }

  // MARK: - What servers say

  static let rootServers = ["a.root.example", "b.root.example"]
  private static let addresses = ["198.51.100.1", "198.51.100.2", "2001:db8::1", "2001:db8::2"]

  private static func usual(_ asked: ServerQuestion) throws -> ServerAnswer.Result {
    let question = asked.question
    guard asked.isRecursive else {
      guard Self.addresses.contains(asked.server.address.description) else { return .failure(.timeout) }
      return message(try records(question, try start), isAuthoritative: true)
    }
    switch question.type {
    case .ns:
      return message(try records(question, try rootServers.map { .ns(try Name($0)) }), validated: true)
    case .dnskey:
      let key = DNSKEY(flags: 257, protocol: 3, algorithm: 13, publicKey: [1, 2, 3])
      return message(try records(question, [.dnskey(key)]), validated: true)
    case .a, .aaaa:
      guard let index = rootServers.firstIndex(where: { $0 == question.name.display }) else {
        return message(.noSuchName(aliases: []))
      }
      let address = Self.addresses[question.type == .a ? index : index + 2]
      return message(try Self.address(question, address))
    default: return .failure(.timeout)
    }
  }

  static var start: [RecordData] {
    get throws {
      [
        .soa(
          SOA(
            primary: try Name("a.root.example"), mailbox: .root, serial: 1, refresh: 1, retry: 1, expire: 1,
            minimum: 1))
      ]
    }
  }

  static func records(_ question: Question, _ data: [RecordData]) throws -> Outcome {
    .records(data.map { Record(question.name, ttl: 3600, $0) }, aliases: [])
  }

  static func address(_ question: Question, _ text: String) throws -> Outcome {
    switch IPAddress(text) {
    case .v4(let address) where question.type == .a: try records(question, [.a(address)])
    case .v6(let address) where question.type == .aaaa: try records(question, [.aaaa(address)])
    default: .noData(aliases: [])
    }
  }

  /// Records come with a signature of the root that holds for a week around `time`.
  static func message(
    _ outcome: Outcome, isAuthoritative: Bool = false, offersRecursion: Bool? = nil, validated: Bool = false,
    isSigned: Bool = true
  ) -> ServerAnswer.Result {
    var records: [Record] = []
    if case .records(let found, _) = outcome { records = found }
    var wire = records.map(WireRecord.init)
    if isSigned, let first = records.first { wire.append(WireRecord(signature(over: first.type))) }
    let signed = SignedAnswer(
      Question(.root, .soa), .response(.noError, answer: wire, authority: []))
    return .message(
      ServerMessage(
        responseCode: 0, isAuthoritative: isAuthoritative,
        offersRecursion: offersRecursion ?? !isAuthoritative,
        authenticData: validated, datagramSize: 100, wasTruncated: false, ednsVersion: 0, outcome: outcome,
        signed: signed))
  }

  private static func signature(over type: RecordType) -> Record {
    let seconds = World.time.seconds
    return Record(
      .root, ttl: 3600,
      .rrsig(
        RRSIG(
          covered: type, algorithm: 13, labels: 0, originalTTL: 3600,
          expiration: UInt32(truncatingIfNeeded: seconds + 7 * day),
          inception: UInt32(truncatingIfNeeded: seconds - 7 * day), keyTag: 1, signer: .root,
          signature: [1, 2])))
  }
}

extension ServerQuestion {
  var isRecursive: Bool { manner == .recursive || manner == .recursiveStream }
  var isOverTCP: Bool { manner == .stream || manner == .recursiveStream }
  var isAboutMissingName: Bool {
    question.name.labels.first.map { String(decoding: $0, as: UTF8.self) } == GivenNameServers.label
  }
}
