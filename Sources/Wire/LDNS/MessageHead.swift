// Header and question of a message (RFC 1035 §4.1.1, §4.1.2), read without libldns: enough to tell whether a
// datagram answers what was asked, before anything is spent on the rest of it.

internal import DNSData

/// The second two octets of the header (RFC 1035 §4.1.1, RFC 4035 §3.2 for AD and CD).
package struct MessageFlags: Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package var isResponse: Bool { rawValue & 0x8000 != 0 }
  package var opcode: UInt8 { UInt8(rawValue >> 11 & 0xF) }
  package var isAuthoritative: Bool { rawValue & 0x0400 != 0 }
  package var isTruncated: Bool { rawValue & 0x0200 != 0 }
  package var recursionDesired: Bool { rawValue & 0x0100 != 0 }
  package var recursionAvailable: Bool { rawValue & 0x0080 != 0 }
  package var authenticData: Bool { rawValue & 0x0020 != 0 }
  package var checkingDisabled: Bool { rawValue & 0x0010 != 0 }
  /// The lower four bits of the response code; `DNSMessage.responseCode` has all twelve.
  package var responseCode: UInt8 { UInt8(rawValue & 0xF) }
}

/// What stands first in a message.
package struct MessageHead: Hashable, Sendable {
  package let id: UInt16
  package let flags: MessageFlags
  /// Name, type and class as they stand in the message, the case of letters kept; empty without a question.
  package let questionOctets: ArraySlice<UInt8>

  package static let length = 12

  /// nil for what is shorter than a header, holds more than one question, or ends inside it.
  package init?(_ octets: [UInt8]) {
    guard octets.count >= Self.length else { return nil }
    func uint16(_ index: Int) -> UInt16 { UInt16(octets[index]) << 8 | UInt16(octets[index + 1]) }
    id = uint16(0)
    flags = MessageFlags(rawValue: uint16(2))
    switch uint16(4) {
    case 0: questionOctets = []
    case 1:
      guard let end = Self.endOfQuestion(octets) else { return nil }
      questionOctets = octets[Self.length..<end]
    default: return nil
    }
  }

  /// The first name of a message has nothing before it that a pointer could mean.
  private static func endOfQuestion(_ octets: [UInt8]) -> Int? {
    var index = length
    while index < octets.count, octets[index] > 0 {
      guard octets[index] <= Name.maximumLabelLength else { return nil }
      index += 1 + Int(octets[index])
    }
    let end = index + 1 + 4
    guard end <= octets.count, index + 1 - length <= Name.maximumWireLength else { return nil }
    return end
  }

  /// Does the question differ from `other` in nothing but the case of letters? Length octets are at most 63, so
  /// folding them as letters changes nothing.
  package func asks(sameAsIgnoringCase other: ArraySlice<UInt8>) -> Bool {
    questionOctets.count == other.count
      && zip(questionOctets, other).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }

  /// The question when it is one of class IN.
  var question: Question? {
    let fields = questionOctets.suffix(4)
    guard fields.count == 4, fields.suffix(2).elementsEqual([0, 1]),
      let name = try? Name(wire: questionOctets.dropLast(4))
    else { return nil }
    return Question(name, RecordType(rawValue: fields.prefix(2).reduce(0) { $0 << 8 | UInt16($1) }))
  }
}
