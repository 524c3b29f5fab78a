import DNSData
import Evidence

/// Puts the lines of a reply together (RFC 5321 §4.2.1).
struct SMTPReplyReader: Sendable {
  private var code: UInt16?
  private var text: [[UInt8]] = []

  /// nil while the reply goes on.
  mutating func read(_ line: [UInt8]) throws(MailSession.Violation) -> MailReply? {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy(\.isASCIIDigit), (0x32...0x35).contains(digits[0]) else {
      throw .notAReply
    }
    let code = digits.reduce(UInt16(0)) { $0 * 10 + UInt16($1 - 0x30) }
    guard self.code == nil || self.code == code else { throw .codeChanged }
    self.code = code
    text.append(Array(line.dropFirst(4)))
    // The code alone is to be accepted as a last line (RFC 5321 §4.2).
    switch line.dropFirst(3).first {
    case UInt8(ascii: "-"): return nil
    case nil, UInt8(ascii: " "): return finish(code)
    default: throw .notAReply
    }
  }

  private mutating func finish(_ code: UInt16) -> MailReply {
    let enhanced = text.first.flatMap { EnhancedStatus(startOf: $0) }
    let reply = MailReply(.code(code, enhanced: enhanced), text: text)
    self = SMTPReplyReader()
    return reply
  }
}
