/// ManageSieve up to the login (RFC 5804 §1.7, §2.2, §2.3): the greeting with the capabilities, STARTTLS, the
/// capabilities again, LOGOUT.
package import Dialogues
package import Evidence

extension Dialogue {
  /// For port 4190; no port for implicit TLS is registered.
  package static func manageSieve(
    port: UInt16, _ security: MailSession.Security, _ conduct: ProbeConduct = .usual
  ) -> Dialogue {
    Dialogue(ManageSieveScript(), for: MailSession(.manageSieve, port: port, security: security), conduct)
  }
}

struct ManageSieveScript: DialogueScript {
  /// Of the reply that is being read.
  private var items: [MailCapability] = []

  func quitCommand() -> [UInt8] { Array("LOGOUT\r\n".utf8) }

  func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int? {
    Literal.size(announcedBy: physicalLine)
  }

  mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading
  {
    let tokens = try ManageSieveTokens.tokens(of: line)
    switch tokens.first {
    case .string(let keyword):
      items.append(MailCapability(keyword: keyword, parameters: strings(tokens.dropFirst())))
      return .more
    case .atom(let atom):
      let words: [MailReply.Word] = [.ok, .no, .bye]
      guard let word = words.first(where: { atom.isWord($0.rawValue) }) else { return .ignored(.unknownLine) }
      return .reply(reply(word, tokens.dropFirst()))
    case .parentheses, nil: return .ignored(.unknownLine)
    }
  }

  mutating func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    defer { items = [] }
    switch stage {
    case .greeting:
      guard reply.word == .ok else { return .leave(.refused(reply)) }
      return listed(by: reply, at: session.firstCapabilities, noting: &session)
    case .capabilities, .capabilitiesInTLS:
      guard reply.word == .ok else { return .leave(.refused(reply)) }
      return listed(by: reply, at: stage, noting: &session)
    case .startTLS:
      guard reply.word == .ok else {
        session.startTLS = .refused(reply)
        return .leave(.refused(reply))
      }
      session.startTLS = .accepted
      return .startTLS
    case .handshake, .sender, .injection, .quit: return .leave(.completed)
    }
  }

  /// The server lists its capabilities again, unasked (RFC 5804 §2.2).
  mutating func proceedInTLS() -> DialogueMove {
    items = []
    return .await(.capabilitiesInTLS)
  }

  private func listed(by reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    // IMPLEMENTATION and SIEVE are never missing (RFC 5804 §1.7): no list at all is none to believe.
    guard !items.isEmpty else { return .leave(.violated(.missingData)) }
    let capabilities = MailCapabilities(.manageSieve, reply: reply, items: items)
    return session.proceed(with: capabilities, at: stage, startTLS: Array("STARTTLS\r\n".utf8))
  }

  private func reply(_ word: MailReply.Word, _ tokens: some Collection<ManageSieveTokens.Token>) -> MailReply
  {
    var responseCode: [UInt8]?
    if case .parentheses(let code) = tokens.first { responseCode = code }
    return MailReply(.word(word, responseCode: responseCode), text: strings(tokens))
  }

  private func strings(_ tokens: some Collection<ManageSieveTokens.Token>) -> [[UInt8]] {
    tokens.compactMap { token in
      switch token {
      case .string(let octets): octets
      case .atom, .parentheses: nil
      }
    }
  }
}

extension ManageSieveScript: InjectingScript {
  func harmlessCommand() -> [UInt8] { Array("NOOP \"n0\"\r\n".utf8) }

  /// The tag comes back (RFC 5804 §2.13); LOGOUT is not refused.
  func isAnswerToHarmlessCommand(_ reply: MailReply) -> Bool {
    switch reply.status {
    case .word(.no, _): true
    case .word(_, let code): code.map { $0.prefix(3).isWord("TAG") } ?? false
    case .code: false
    }
  }
}
