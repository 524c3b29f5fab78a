// What an answer holds for a validator (RFC 4035 §3.1): the record sets and denials as they were signed.

/// A record of class IN whose RDATA stands octet for octet as it was sent, names uncompressed: signatures cover these
/// octets, and a decoded value may not encode to the same.
package struct WireRecord: Hashable, Sendable {
  package let name: Name
  package let type: RecordType
  /// In seconds.
  package let ttl: UInt32
  package let rdata: [UInt8]

  package init(_ name: Name, _ type: RecordType, ttl: UInt32, rdata: [UInt8]) {
    self.name = name
    self.type = type
    self.ttl = ttl
    self.rdata = rdata
  }

  package init(_ record: Record) {
    self.init(record.name, record.type, ttl: record.ttl, rdata: record.data.rdata)
  }
}

/// As text: owner, TTL, type and RDATA in base 16. The form of RFC 3597 will not do, since readers decode it.
extension WireRecord: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let fields = text.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count == 4, let name = try? Name(String(fields[0])), let ttl = UInt32(fields[1]),
      let type = RecordType(String(fields[2])), let rdata = Encoding.decodeHex(Array(fields[3].utf8)),
      rdata.count <= Int(UInt16.max)
    else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no record") }
    self.init(name, type, ttl: ttl, rdata: rdata)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(name) \(ttl) \(type) \(Encoding.hex(rdata))")
  }
}

/// What came of a question that was asked with DO, RRSIG, NSEC and NSEC3 records among the rest.
package struct SignedAnswer: Hashable, Sendable, Codable {
  package enum ResponseCode: Hashable, Sendable, Codable {
    case noError
    /// NXDOMAIN.
    case nameError
  }

  package enum Outcome: Hashable, Sendable, Codable {
    case response(ResponseCode, answer: [WireRecord], authority: [WireRecord])
    /// As in `Answer`; none of these ever means that something does not exist.
    case failure(LookupFailure)
  }

  package let question: Question
  package let outcome: Outcome

  package init(_ question: Question, _ outcome: Outcome) {
    self.question = question
    self.outcome = outcome
  }
}

/// The signed answers known so far; nil for a question that was not asked yet.
package typealias KnownSignedAnswers = (Question) -> SignedAnswer?
