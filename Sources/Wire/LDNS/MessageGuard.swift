// The walk over a foreign message that comes before libldns sees it (RFC 1035 §4.1).
//
// It only checks: that every length stays inside the message, that compressed names end, and that the message is
// not of a shape on which libldns 1.8 wastes or leaks memory. It builds nothing; `DNSMessage` does, afterwards.
// Octets after the last record are let pass, as other resolvers do.

package import DNSData

/// Limits on one message.
package enum MessageLimit {
  /// The length field of TCP (RFC 1035 §4.2.2).
  package static let octets = 65_535
  /// libldns keeps each record in several small allocations; real answers to what an audit asks stay far below.
  package static let records = 1000
  /// libldns allocates per character-string and grows the list by one each time: 65,000 empty strings in one TXT
  /// record of 64 KB take 769 MB. 256 full strings already are more than a message holds.
  package static let strings = 256
  /// APL and HIP are the other types that libldns splits into any number of fields; nothing here reads them.
  package static let octetsOfOtherLists = 1024
  /// A name has at most 127 labels; more pointers than that serve no compression.
  package static let pointers = 127
}

/// Why a message was not read. Names and numbers in it are foreign, but free of foreign text.
package enum MessageError: Error, Hashable, Sendable {
  case tooLong(octets: Int)
  case cutShort(in: String)
  case tooManyQuestions(Int)
  case tooManyRecords(Int)
  case tooManyFields(RecordType)
  case badName(String)
  /// TSIG, TKEY or SIG: never asked for, and libldns leaks all TSIG records but the last.
  case signed(RecordType)
  case misplacedOPT
  case badRecord(RecordType, String)
  /// libldns did not accept what the walk let pass.
  case notParsed(String)
}

/// Walks once over `octets`; throws at the first fault.
func checkMessage(_ octets: [UInt8]) throws(MessageError) {
  guard octets.count <= MessageLimit.octets else { throw .tooLong(octets: octets.count) }
  var walk = MessageWalk(octets)
  try walk.message()
}

private struct MessageWalk {
  private let octets: [UInt8]
  private var position = 0
  private var hasOPT = false

  init(_ octets: [UInt8]) { self.octets = octets }

  mutating func message() throws(MessageError) {
    try skip(4, in: "the header")
    let questions = Int(try uint16(in: "the header"))
    let answers = Int(try uint16(in: "the header"))
    let authorities = Int(try uint16(in: "the header"))
    let additionals = Int(try uint16(in: "the header"))
    guard questions <= 1 else { throw .tooManyQuestions(questions) }
    let records = answers + authorities + additionals
    guard records <= MessageLimit.records else { throw .tooManyRecords(records) }
    for _ in 0..<questions {
      try name(endingBy: octets.count, in: "the question")
      try skip(4, in: "the question")
    }
    for _ in 0..<(answers + authorities) { try record(in: .answerOrAuthority) }
    for _ in 0..<additionals { try record(in: .additional) }
  }

  private enum Section { case answerOrAuthority, additional }

  private mutating func record(in section: Section) throws(MessageError) {
    let owner = position
    try name(endingBy: octets.count, in: "a record's name")
    let isRoot = position == owner + 1
    let type = RecordType(rawValue: try uint16(in: "a record"))
    try skip(6, in: "a record")
    let length = Int(try uint16(in: "a record"))
    guard length <= octets.count - position else { throw .cutShort(in: "the data of a \(type) record") }
    let end = position + length
    try check(type, upTo: end)
    if type == .opt {
      // RFC 6891 §6.1.1: one, in the additional section, at the root.
      guard section == .additional, !hasOPT, isRoot else { throw .misplacedOPT }
      hasOPT = true
    }
    position = end
  }

  private static let addressLengths: [RecordType: Int] = [.a: 4, .aaaa: 16]

  /// libldns drops what stands behind the last field of a record; it would not be what was signed.
  private mutating func check(_ type: RecordType, upTo end: Int) throws(MessageError) {
    if RecordType.signatures.contains(type) { throw .signed(type) }
    if type == .txt || type == .spf {
      try strings(type, upTo: end)
    } else if type == .apl || type == .hip {
      guard end - position <= MessageLimit.octetsOfOtherLists else { throw .tooManyFields(type) }
    } else if let layout = NameLayout.of(type), end > position {
      // Empty RDATA is left to the decoder, which says which field is missing.
      guard layout.offset <= end - position else { throw .cutShort(in: "the data of a \(type) record") }
      position += layout.offset
      for _ in 0..<layout.names { try name(endingBy: end, in: "the data of a \(type) record") }
      if let rest = layout.rest, end - position > rest { throw .badRecord(type, "it is too long") }
    } else if let length = Self.addressLengths[type], end - position > length {
      throw .badRecord(type, "it is too long")
    }
  }

  /// Character-strings (RFC 1035 §3.3) that must fill the RDATA exactly.
  private mutating func strings(_ type: RecordType, upTo end: Int) throws(MessageError) {
    var count = 0
    while position < end {
      count += 1
      guard count <= MessageLimit.strings else { throw .tooManyFields(type) }
      let length = Int(octets[position])
      guard length < end - position else { throw .cutShort(in: "a string of a \(type) record") }
      position += 1 + length
    }
  }

  /// A name as RFC 1035 §4.1.4 has it; each pointer must lead to before the place where its part of the name
  /// began, so that no name can lead in a circle. Leaves `position` after the name.
  private mutating func name(endingBy end: Int, in place: String) throws(MessageError) {
    var index = position
    var start = position
    var limit = end
    var after: Int?
    var length = 0
    var pointers = 0
    while true {
      guard index < limit else { throw .cutShort(in: place) }
      let octet = octets[index]
      switch octet {
      case 0:
        guard length < Name.maximumWireLength else { throw .badName("longer than 255 octets in \(place)") }
        position = after ?? index + 1
        return
      case 1...0x3F:
        length += 1 + Int(octet)
        guard length < Name.maximumWireLength else { throw .badName("longer than 255 octets in \(place)") }
        index += 1 + Int(octet)
      case 0xC0...0xFF:
        guard limit - index >= 2 else { throw .cutShort(in: place) }
        let target = Int(octet & 0x3F) << 8 | Int(octets[index + 1])
        pointers += 1
        guard target >= Self.headerLength, target < start else { throw .badName("a bad pointer in \(place)") }
        guard pointers <= MessageLimit.pointers else { throw .badName("too many pointers in \(place)") }
        after = after ?? index + 2
        (index, start, limit) = (target, target, octets.count)
      default: throw .badName("an unknown kind of label in \(place)")
      }
    }
  }

  private static let headerLength = 12

  private mutating func skip(_ count: Int, in place: String) throws(MessageError) {
    guard count <= octets.count - position else { throw .cutShort(in: place) }
    position += count
  }

  private mutating func uint16(in place: String) throws(MessageError) -> UInt16 {
    let start = position
    try skip(2, in: place)
    return UInt16(octets[start]) << 8 | UInt16(octets[start + 1])
  }
}

/// Where the names stand in the RDATA of the types whose names libldns reads behind a fixed number of octets.
/// Not here: NAPTR, IPSECKEY and AMTRELAY, which nothing in an audit asks for; libldns checks those itself.
private struct NameLayout {
  let offset: Int
  let names: Int
  /// Octets behind the names; nil for any number.
  var rest: Int? = 0

  static func of(_ type: RecordType) -> NameLayout? {
    switch type.rawValue {
    // NS MD MF CNAME MB MG MR PTR NSAP-PTR DNAME
    case 2, 3, 4, 5, 7, 8, 9, 12, 23, 39: NameLayout(offset: 0, names: 1)
    // NXT NSEC
    case 30, 47: NameLayout(offset: 0, names: 1, rest: nil)
    case 6: NameLayout(offset: 0, names: 2, rest: 20)  // SOA
    // MINFO RP TALINK
    case 14, 17, 58: NameLayout(offset: 0, names: 2)
    // MX AFSDB RT KX LP
    case 15, 18, 21, 36, 107: NameLayout(offset: 2, names: 1)
    // SVCB HTTPS
    case 64, 65: NameLayout(offset: 2, names: 1, rest: nil)
    case 26: NameLayout(offset: 2, names: 2)  // PX
    case 33: NameLayout(offset: 6, names: 1)  // SRV
    case 46: NameLayout(offset: 18, names: 1, rest: nil)  // RRSIG
    default: nil
    }
  }
}

extension RecordType {
  fileprivate static let opt = RecordType(rawValue: 41)
  fileprivate static let spf = RecordType(rawValue: 99)
  fileprivate static let apl = RecordType(rawValue: 42)
  fileprivate static let hip = RecordType(rawValue: 55)
  /// SIG (for SIG(0), RFC 2931), TKEY (RFC 2930), TSIG (RFC 8945).
  fileprivate static let signatures: Set<RecordType> = [
    RecordType(rawValue: 24), RecordType(rawValue: 249), RecordType(rawValue: 250),
  ]
}

extension MessageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong(let octets): "the message has \(octets) octets; at most \(MessageLimit.octets) are read"
    case .cutShort(let place): "the message ends inside \(place)"
    case .tooManyQuestions(let count): "the message holds \(count) questions"
    case .tooManyRecords(let count):
      "the message holds \(count) records; at most \(MessageLimit.records) are read"
    case .tooManyFields(let type): "a \(type) record has more fields than are read"
    case .badName(let what): "a name is not valid: \(what)"
    case .signed(let type): "the message holds a \(type) record, which was not asked for"
    case .misplacedOPT: "the message holds an OPT record out of place, or a second one"
    case .badRecord(let type, let what): "a \(type) record is not valid: \(what)"
    case .notParsed(let what): "the message cannot be parsed: \(what)"
    }
  }
}
