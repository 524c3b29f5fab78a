/// IMAP up to the login (RFC 9051 and RFC 3501 §3, §6.1, §6.2.1): greeting, CAPABILITY, STARTTLS, CAPABILITY, LOGOUT.
package import Dialogues
package import Evidence

extension Dialogue {
  /// For ports 143 and 993.
  package static func imap(
    port: UInt16, _ security: MailSession.Security, _ conduct: ProbeConduct = .usual
  ) -> Dialogue {
    Dialogue(IMAPScript(), for: MailSession(.imap, port: port, security: security), conduct)
  }
}

struct IMAPScript: DialogueScript {
  private var commands = 0
  /// From the untagged responses to the command that is under way; the last list counts.
  private var items: [MailCapability]?
  private var lastTag: [UInt8] = []

  mutating func quitCommand() -> [UInt8] { command("LOGOUT") }

  func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int? {
    switch IMAPLine(line) {
    case .capabilities, .data: Literal.size(announcedBy: physicalLine)
    // Text for people is no place for a literal.
    case .untagged, .continuation, .tagged, .unknown: nil
    }
  }

  mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading
  {
    switch (stage, IMAPLine(line)) {
    case (.greeting, .untagged(let word, let text)):
      guard word != .no, word != .bad else { throw .unexpectedReply }
      return .reply(MailReply(word, bracketed: text))
    case (.greeting, _): throw .notAReply
    case (.quit, .untagged), (.injection, .untagged): return .more
    case (_, .untagged(.bye, let text)): return .reply(MailReply(.bye, bracketed: text))
    case (_, .untagged), (_, .data): return .more
    case (_, .capabilities(let items)):
      self.items = items
      return .more
    case (_, .continuation): throw .unexpectedReply
    case (_, .tagged(let tag, let word, let text)):
      guard tag == Array(currentTag.utf8) || stage == .injection && tag == Self.harmlessTag else {
        throw .foreignTag
      }
      lastTag = tag
      return .reply(MailReply(word, bracketed: text))
    case (_, .unknown): return .ignored(.unknownLine)
    }
  }

  mutating func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    switch stage {
    case .greeting: return greeted(reply, noting: &session)
    case .capabilities, .capabilitiesInTLS:
      guard reply.word == .ok else {
        session.note(.refused(reply), at: stage)
        return .leave(.refused(reply))
      }
      guard let items = items ?? IMAPLine.items(in: reply) else { return .leave(.violated(.missingData)) }
      return listed(items, by: reply, at: stage, noting: &session)
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

  mutating func proceedInTLS() -> DialogueMove {
    .send(command("CAPABILITY"), awaiting: .capabilitiesInTLS)
  }

  /// A list in the greeting saves asking (RFC 9051 §7.1), but is believed only in what it holds: that STARTTLS is not
  /// offered takes the answer to CAPABILITY.
  private mutating func greeted(_ reply: MailReply, noting session: inout MailSession) -> DialogueMove {
    let stage = session.firstCapabilities
    if reply.word == .preauth, session.security == .startTLS { session.startTLS = .ruledOutByPreauth }
    if let items = IMAPLine.items(in: reply) {
      let listing = MailCapabilities(.imap, reply: reply, items: items)
      if session.startTLS != .unseen || listing.offersStartTLS {
        return listed(items, by: reply, at: stage, noting: &session)
      }
    }
    return .send(command("CAPABILITY"), awaiting: stage)
  }

  private mutating func listed(
    _ items: [MailCapability], by reply: MailReply, at stage: MailSession.Stage,
    noting session: inout MailSession
  ) -> DialogueMove {
    let capabilities = MailCapabilities(.imap, reply: reply, items: items)
    return session.proceed(with: capabilities, at: stage, startTLS: command("STARTTLS"))
  }

  private var currentTag: String { "a\(commands)" }

  private mutating func command(_ name: String) -> [UInt8] {
    commands += 1
    items = nil
    return Array("\(currentTag) \(name)\r\n".utf8)
  }
}

extension IMAPScript: InjectingScript {
  private static let harmlessTag = Array("n0".utf8)

  func harmlessCommand() -> [UInt8] { Self.harmlessTag + Array(" NOOP\r\n".utf8) }

  func isAnswerToHarmlessCommand(_ reply: MailReply) -> Bool { lastTag == Self.harmlessTag }
}
