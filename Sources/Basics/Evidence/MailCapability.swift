/// What a mail server says that it can do: EHLO's extensions, and the capabilities of IMAP, POP3 and ManageSieve.
import DNSData

/// The answer to the question for capabilities. "Not in the list" and "no list seen" are different things.
package enum MailCapabilityListing: Hashable, Sendable, Codable {
  /// The session did not come that far, or ended before the list was complete.
  case unseen
  /// EHLO or CAPA was refused: the server is older than lists, or hides its own.
  case refused(MailReply)
  case listed(MailCapabilities)

  package var list: MailCapabilities? {
    switch self {
    case .unseen, .refused: nil
    case .listed(let list): list
    }
  }
}

package struct MailCapabilities: Hashable, Sendable, Codable {
  package let mailProtocol: MailProtocol
  /// The reply that held the list, or ended it; its first line in SMTP is the name that the server gives itself.
  package let reply: MailReply
  package let items: [MailCapability]

  package init(_ mailProtocol: MailProtocol, reply: MailReply, items: [MailCapability]) {
    self.mailProtocol = mailProtocol
    self.reply = reply
    self.items = items
  }

  /// The first item with that keyword; case does not matter.
  package subscript(keyword: String) -> MailCapability? { items.first { $0.keyword.isWord(keyword) } }

  /// `STARTTLS`, POP3's `STLS`.
  package var offersStartTLS: Bool { self[mailProtocol == .pop3 ? "STLS" : "STARTTLS"] != nil }

  /// The SASL mechanisms in the order listed, in capitals; what is no mechanism name (RFC 4422 §3.1) is left out.
  package var mechanisms: [String] {
    items.flatMap(mechanisms).compactMap { word in
      let name = String(decoding: word, as: UTF8.self).uppercased()
      let isName = word.allSatisfy {
        $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
      return isName && (1...20).contains(word.count) ? name : nil
    }
  }

  /// Whether a password can be sent without SASL: IMAP's LOGIN (RFC 9051 §6.2.3), POP3's USER (RFC 2449 §6.3).
  package var allowsLoginCommand: Bool {
    switch mailProtocol {
    case .imap: self["LOGINDISABLED"] == nil
    case .pop3: self["USER"] != nil
    case .smtp, .manageSieve: false
    }
  }

  private func mechanisms(of item: MailCapability) -> [[UInt8]] {
    let isAssignment = item.keyword.prefix(5).isWord("AUTH=")
    switch mailProtocol {
    case .smtp:
      // `AUTH=` is how servers wrote it before RFC 2554.
      if isAssignment { return [Array(item.keyword.dropFirst(5))] + item.parameters }
      return item.keyword.isWord("AUTH") ? item.parameters : []
    case .imap: return isAssignment ? [Array(item.keyword.dropFirst(5))] : []
    case .pop3, .manageSieve:
      guard item.keyword.isWord("SASL") else { return [] }
      return item.parameters.flatMap { $0.split(separator: 0x20).map { Array($0) } }
    }
  }
}

/// `SIZE 10240000`, `AUTH=PLAIN`, `"SASL" "PLAIN LOGIN"`.
package struct MailCapability: Hashable, Sendable, Codable {
  /// As sent.
  package let keyword: [UInt8]
  /// The words behind it; in ManageSieve the strings.
  package let parameters: [[UInt8]]

  package init(keyword: [UInt8], parameters: [[UInt8]] = []) {
    self.keyword = keyword
    self.parameters = parameters
  }

  /// Words separated by blanks, of which the first is the keyword; nil for an empty line.
  package init?(line: [UInt8]) {
    let words = line.split { $0 == 0x20 || $0 == 0x09 }.map { Array($0) }
    guard let keyword = words.first else { return nil }
    self.init(keyword: keyword, parameters: Array(words.dropFirst()))
  }
}
