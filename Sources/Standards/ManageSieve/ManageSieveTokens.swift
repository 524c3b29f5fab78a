import Dialogues
import Evidence

/// Reads one response line of ManageSieve (RFC 5804 §4); literals stand in it as they were sent.
struct ManageSieveTokens {
  enum Token: Equatable {
    case string([UInt8])
    /// A word, or an atom like `OK`.
    case atom([UInt8])
    /// What stands between parentheses.
    case parentheses([UInt8])
  }

  private let line: [UInt8]
  private var position = 0

  init(_ line: [UInt8]) { self.line = line }

  static func tokens(of line: [UInt8]) throws(MailSession.Violation) -> [Token] {
    var reader = ManageSieveTokens(line)
    var tokens: [Token] = []
    while let token = try reader.next() { tokens.append(token) }
    return tokens
  }

  private var rest: ArraySlice<UInt8> { line[position...] }

  private mutating func next() throws(MailSession.Violation) -> Token? {
    position += rest.prefix { $0 == 0x20 }.count
    switch rest.first {
    case nil: return nil
    case UInt8(ascii: "\""): return .string(try quoted())
    case UInt8(ascii: "{"): return .string(try literal())
    case UInt8(ascii: "("): return .parentheses(try parenthesised())
    case .some:
      let atom = Array(rest.prefix { $0 != 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "(") })
      position += atom.count
      return .atom(atom)
    }
  }

  private mutating func quoted() throws(MailSession.Violation) -> [UInt8] {
    var text: [UInt8] = []
    position += 1
    while let octet = rest.first {
      position += 1
      switch octet {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"):
        guard let escaped = rest.first else { throw .malformedString }
        text.append(escaped)
        position += 1
      default: text.append(octet)
      }
    }
    throw .malformedString
  }

  private mutating func literal() throws(MailSession.Violation) -> [UInt8] {
    let announcement = rest.prefix { $0 != 0x0A && $0 != 0x0D }
    guard let size = Literal.size(announcedBy: announcement),
      announcement.dropFirst().firstIndex(of: 0x7B) == nil,
      let lineEnd = rest.firstIndex(of: 0x0A), size <= line.count - lineEnd - 1
    else { throw .malformedString }
    position = lineEnd + 1 + size
    return Array(line[(lineEnd + 1)..<position])
  }

  /// Strings inside may hold a closing parenthesis.
  private mutating func parenthesised() throws(MailSession.Violation) -> [UInt8] {
    let start = position + 1
    position += 1
    while let octet = rest.first {
      switch octet {
      case UInt8(ascii: ")"):
        position += 1
        return Array(line[start..<(position - 1)])
      case UInt8(ascii: "\""): _ = try quoted()
      default: position += 1
      }
    }
    throw .malformedString
  }
}
