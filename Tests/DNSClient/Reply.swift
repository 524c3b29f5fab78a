// Replies to a query, octet by octet, so that each can be wrong in one place.

import DNSData

struct Reply {
  var id: [UInt8]
  var flags: UInt16 = 0x8180
  var question: [UInt8]
  var answers: [Record] = []
  var authorities: [Record] = []
  var additionals: [Record] = []
  var extendedErrors: [ExtendedError] = []
  var hasEDNS = false
  /// The upper eight bits of the response code; sent with EDNS only.
  var extendedCode: UInt8 = 0
  /// Put after the records, uncounted.
  var rest: [UInt8] = []
  var answerCount: Int?

  init(to query: [UInt8], _ answers: [Record] = [], code: UInt16 = 0) {
    id = Array(query.prefix(2))
    var end = 12
    while end < query.count, query[end] > 0 { end += 1 + Int(query[end]) }
    question = Array(query.dropFirst(12).prefix(end + 5 - 12))
    self.answers = answers
    flags |= code
  }

  var octets: [UInt8] {
    let hasOPT = hasEDNS || !extendedErrors.isEmpty
    let counts: [Int] = [
      question.isEmpty ? 0 : 1, answerCount ?? answers.count, authorities.count,
      additionals.count + (hasOPT ? 1 : 0),
    ]
    var octets = id + Self.wire(flags)
    for count in counts { octets += Self.wire(UInt16(count)) }
    octets += question
    for record in answers + authorities + additionals { octets += Self.wire(record) }
    if hasOPT { octets += opt }
    return octets + rest
  }

  private static func wire(_ record: Record) -> [UInt8] {
    let rdata = record.data.rdata
    var octets = record.name.wire + wire(record.type.rawValue)
    octets += [0, 1, 0, 0, 0, 60]
    return octets + wire(UInt16(rdata.count)) + rdata
  }

  private var opt: [UInt8] {
    var options: [UInt8] = []
    for error in extendedErrors {
      options += Self.wire(15) + Self.wire(UInt16(2 + error.text.count)) + Self.wire(error.code) + error.text
    }
    return [0, 0, 41, 4, 208, extendedCode, 0, 0, 0] + Self.wire(UInt16(options.count)) + options
  }

  static func wire(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}
