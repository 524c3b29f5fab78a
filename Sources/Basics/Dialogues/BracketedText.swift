package import Evidence

extension MailReply {
  /// IMAP's and POP3's text, which a response code in brackets may precede (RFC 9051 §7.1, RFC 2449 §8).
  package init(_ word: Word, bracketed text: some Collection<UInt8>) {
    let text = text.drop { $0 == 0x20 }
    guard text.first == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "]")) else {
      self.init(.word(word, responseCode: nil), text: [Array(text)])
      return
    }
    let rest = text[end...].dropFirst().drop { $0 == 0x20 }
    self.init(
      .word(word, responseCode: Array(text.dropFirst().prefix { $0 != UInt8(ascii: "]") })),
      text: [Array(rest)])
  }
}
