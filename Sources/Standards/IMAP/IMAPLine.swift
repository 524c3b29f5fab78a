import Dialogues
import Evidence

/// One response line (RFC 9051 §2.2.2).
enum IMAPLine {
  case untagged(MailReply.Word, [UInt8])
  case capabilities([MailCapability])
  /// Data that nobody asked for; a server may send it at any time (RFC 9051 §7).
  case data
  case continuation
  case tagged([UInt8], MailReply.Word, [UInt8])
  case unknown

  init(_ line: [UInt8]) {
    let tag = line.prefix { $0 != 0x20 }
    let rest = line.dropFirst(tag.count + 1)
    let first = rest.prefix { $0 != 0x20 }
    let word = MailReply.Word.allCases.first { first.isWord($0.rawValue) }
    let text = Array(rest.dropFirst(first.count + 1))
    switch (Array(tag), word) {
    case ([UInt8(ascii: "*")], .some(let word)): self = .untagged(word, text)
    case ([UInt8(ascii: "*")], nil):
      self = first.isWord("CAPABILITY") ? .capabilities(Self.items(text)) : .data
    case ([UInt8(ascii: "+")], _): self = .continuation
    case (let tag, .ok), (let tag, .no), (let tag, .bad): self = .tagged(tag, word ?? .bad, text)
    case (_, _): self = .unknown
    }
  }

  static func items(_ text: some Collection<UInt8>) -> [MailCapability] {
    text.split(separator: 0x20).map { MailCapability(keyword: Array($0)) }
  }

  /// Those in a `[CAPABILITY …]` response code (RFC 9051 §7.1).
  static func items(in reply: MailReply) -> [MailCapability]? {
    guard case .word(_, .some(let code)) = reply.status else { return nil }
    let name = code.prefix { $0 != 0x20 }
    return name.isWord("CAPABILITY") ? items(code.dropFirst(name.count)) : nil
  }
}
