/// A server's answer, or its greeting, in SMTP, IMAP, POP3 or ManageSieve. What the server wrote stays octets.
import DNSData

package struct MailReply: Hashable, Sendable, Codable {
  package let status: Status
  /// The text meant for people, a line each: without code, status word and response code, with the enhanced code.
  package let text: [[UInt8]]

  package enum Status: Hashable, Sendable, Codable {
    /// SMTP (RFC 5321 §4.2), and the enhanced code of the first line (RFC 2034 §4).
    case code(UInt16, enhanced: EnhancedStatus?)
    /// IMAP (RFC 9051 §7.1), POP3 (RFC 2449 §8) and ManageSieve (RFC 5804 §1.3); the response code without its
    /// brackets.
    case word(Word, responseCode: [UInt8]?)
  }

  /// POP3's `+OK` and `-ERR` are `ok` and `no`.
  package enum Word: String, Hashable, Sendable, Codable, CaseIterable {
    case ok = "OK"
    case no = "NO"
    case bad = "BAD"
    case bye = "BYE"
    case preauth = "PREAUTH"
  }

  /// How a client has to take it.
  package enum Meaning: String, Hashable, Sendable, Codable {
    case positive
    /// Another time it may be otherwise: greylisting, too many connections, out of order.
    case temporary
    case permanent
    /// A refusal that does not say for how long.
    case unspecified
  }

  package init(_ status: Status, text: [[UInt8]]) {
    self.status = status
    self.text = text
  }

  /// nil in SMTP.
  package var word: Word? {
    switch status {
    case .code: nil
    case .word(let word, _): word
    }
  }

  package var meaning: Meaning {
    switch status {
    case .code(200..<400, _): .positive
    case .code(400..<500, _): .temporary
    case .code: .permanent
    case .word(.ok, _), .word(.preauth, _): .positive
    case .word(.no, let code), .word(.bye, let code): Self.meaning(ofResponseCode: code)
    case .word(.bad, _): .permanent
    }
  }

  /// The server ends the session on its own: 421 may come at any stage (RFC 5321 §3.8), and so may BYE.
  package var isShutdown: Bool {
    switch status {
    case .code(let code, _): code == 421
    case .word(let word, _): word == .bye
    }
  }

  /// RFC 9051 §7.1, RFC 3206 §4, RFC 2449 §8.1, RFC 5804 §1.3.
  private static let temporaryCodes = [
    "UNAVAILABLE", "INUSE", "LIMIT", "SYS/TEMP", "IN-USE", "LOGIN-DELAY", "TRYLATER",
  ]
  private static let permanentCodes = ["SYS/PERM", "AUTH", "CANNOT", "PRIVACYREQUIRED", "ENCRYPT-NEEDED"]

  private static func meaning(ofResponseCode code: [UInt8]?) -> Meaning {
    guard let word = code?.prefix(while: { $0 != 0x20 }) else { return .unspecified }
    if temporaryCodes.contains(where: word.isWord) { return .temporary }
    return permanentCodes.contains(where: word.isWord) ? .permanent : .unspecified
  }
}

/// RFC 3463 §2: `5.7.1`.
package struct EnhancedStatus: Hashable, Sendable, Codable {
  package let category: UInt16
  package let subject: UInt16
  package let detail: UInt16

  /// At the beginning of a reply's text; nil if none stands there.
  package init?(startOf text: [UInt8]) {
    let parts = text.prefix { $0 != 0x20 }.split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.count <= 3 && part.allSatisfy(\.isASCIIDigit) ? UInt16(String(decoding: part, as: UTF8.self)) : nil
    }
    guard parts.count == 3, numbers.count == 3, [2, 4, 5].contains(numbers[0]) else { return nil }
    (category, subject, detail) = (numbers[0], numbers[1], numbers[2])
  }

  /// X.7.X: it is about who asks, or how, and another client may be answered otherwise.
  package var isPolicy: Bool { subject == 7 }
}

extension Collection where Element == UInt8 {
  /// Equal without regard to case in ASCII.
  package func isWord(_ word: String) -> Bool {
    elementsEqual(word.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
  }
}
