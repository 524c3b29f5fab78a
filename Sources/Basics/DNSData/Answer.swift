/// What is asked: class is always IN.
package struct Question: Hashable, Sendable, Codable, CustomStringConvertible {
  package let name: Name
  package let type: RecordType

  package init(_ name: Name, _ type: RecordType) {
    self.name = name
    self.type = type
  }

  package var description: String { "\(name) \(type)" }
}

/// A record of class IN; `ttl` in seconds.
package struct Record: Hashable, Sendable {
  package let name: Name
  package let ttl: UInt32
  package let data: RecordData

  package init(_ name: Name, ttl: UInt32, _ data: RecordData) {
    self.name = name
    self.ttl = ttl
    self.data = data
  }

  package var type: RecordType { data.type }
}

/// What came of a question, and who said so.
package struct Answer: Hashable, Sendable, Codable {
  package let question: Question
  package let outcome: Outcome
  package let responder: Responder
  package let time: Timestamp
  package let extendedErrors: [ExtendedError]
  /// The messages that this was read from, one for each that had to be asked for along the aliases; none from zone
  /// files, and none of what failed.
  package let signed: [SignedAnswer]

  package init(
    _ question: Question, _ outcome: Outcome, from responder: Responder, at time: Timestamp,
    extendedErrors: [ExtendedError] = [], signed: [SignedAnswer] = []
  ) {
    self.question = question
    self.outcome = outcome
    self.responder = responder
    self.time = time
    self.extendedErrors = extendedErrors
    self.signed = signed
  }

  /// Captures of version 1 hold no messages.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Question.self, forKey: .question),
      try container.decode(Outcome.self, forKey: .outcome),
      from: try container.decode(Responder.self, forKey: .responder),
      at: try container.decode(Timestamp.self, forKey: .time),
      extendedErrors: try container.decode([ExtendedError].self, forKey: .extendedErrors),
      signed: try container.decodeIfPresent([SignedAnswer].self, forKey: .signed) ?? [])
  }

  /// The record set asked for; empty also when the answer is negative or failed: look at `outcome` to tell.
  package var records: [Record] {
    if case .records(let records, _) = outcome { records } else { [] }
  }

  package var failure: LookupFailure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }

  /// There is neither a record nor an alias, and that is known.
  package var isEmpty: Bool {
    switch outcome {
    case .noSuchName(let aliases), .noData(let aliases): aliases.isEmpty
    case .records, .failure: false
    }
  }

  /// The name that was asked for does not exist; not the target of its alias.
  package var isMissingName: Bool {
    if case .noSuchName(let aliases) = outcome { aliases.isEmpty } else { false }
  }

  /// The CNAME records that were followed, in order.
  package var aliases: [Record] { outcome.aliases }

  /// Where each of them leads.
  package var aliasTargets: [Name] {
    aliases.compactMap { if case .cname(let target) = $0.data { target } else { nil } }
  }
}

package enum Outcome: Hashable, Sendable, Codable {
  /// At least one record of the type asked, and the CNAME records that led there.
  case records([Record], aliases: [Record])
  /// NXDOMAIN for the name at the end of the aliases (RFC 6604).
  case noSuchName(aliases: [Record])
  /// The name exists, the type does not (RFC 2308 §2.2).
  case noData(aliases: [Record])
  case failure(LookupFailure)

  package var aliases: [Record] {
    switch self {
    case .records(_, let aliases), .noSuchName(let aliases), .noData(let aliases): aliases
    case .failure: []
    }
  }
}

/// Why there is no answer. None of these ever means that something does not exist.
package enum LookupFailure: Hashable, Sendable, Codable {
  /// Nobody answered in time.
  case timeout
  /// The network or the server's host refused: no route, port unreachable.
  case unreachable
  case serverFailure
  case refused
  /// FORMERR, NOTIMP and every other response code.
  case responseCode(Int)
  /// An answer came that cannot be read, or that is over a limit.
  case malformed(String)
  /// Aliases lead in a circle or on for longer than is followed.
  case aliasLoop
  /// The audit's own limit on questions was reached.
  case limitReached
  /// Offline, and no file holds it.
  case notInFiles
  /// Signatures are due that are not there, or do not hold (RFC 4035 §5.5): what was said is not to be believed.
  case bogus
  /// The resolver was caught at saying what is not so, and this may be part of it.
  case disbelieved
  /// The server has a loopback, private or otherwise special address, to which no stranger may send us.
  case addressNotAllowed

  /// The question could not even be asked from here.
  package var isNotTested: Bool {
    switch self {
    case .notInFiles, .limitReached, .addressNotAllowed: true
    case .timeout, .unreachable, .serverFailure, .refused, .responseCode, .malformed, .aliasLoop, .bogus,
      .disbelieved:
      false
    }
  }
}

/// RFC 8914; the text comes from outside.
package struct ExtendedError: Hashable, Sendable, Codable {
  package let code: UInt16
  package let text: [UInt8]

  package init(code: UInt16, text: [UInt8]) {
    self.code = code
    self.text = text
  }
}

/// Who answered.
package enum Responder: Hashable, Sendable, Codable {
  case server(ServerAddress)
  case zoneFile(String)
  case nobody
}

/// Where a name server listens.
package struct ServerAddress: Hashable, Sendable, Codable, CustomStringConvertible {
  package static let standardPort: UInt16 = 53

  package let address: IPAddress
  package let port: UInt16

  package init(_ address: IPAddress, port: UInt16 = standardPort) {
    self.address = address
    self.port = port
  }

  /// `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`; nil for anything else.
  package init?(_ text: String) {
    if let address = IPAddress(text) {
      self.init(address)
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      text[text.index(after: colon)...].utf8.allSatisfy(\.isASCIIDigit),
      let port = UInt16(text[text.index(after: colon)...]), port > 0
    else {
      guard text.hasPrefix("["), text.hasSuffix("]"),
        let address = IPv6Address(String(text.dropFirst().dropLast()))
      else { return nil }
      self.init(.v6(address))
      return
    }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]"),
      let address = IPv6Address(String(host.dropFirst().dropLast()))
    {
      self.init(.v6(address), port: port)
    } else if let address = IPv4Address(String(host)) {
      self.init(.v4(address), port: port)
    } else {
      return nil
    }
  }

  package var description: String {
    let host = if case .v6 = address { "[\(address)]" } else { "\(address)" }
    return port == Self.standardPort ? "\(address)" : "\(host):\(port)"
  }
}

/// Anything that answers questions: the network, zone files, a saved audit.
package protocol AnswerSource: Sendable {
  /// Always answers; a failure is an outcome, not an error.
  func answer(_ question: Question) async -> Answer
}

extension Question: Comparable {
  package static func < (left: Question, right: Question) -> Bool {
    (left.name, left.type) < (right.name, right.type)
  }
}
