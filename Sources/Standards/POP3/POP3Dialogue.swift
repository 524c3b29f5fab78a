/// POP3 up to the login (RFC 1939, RFC 2449, RFC 2595 §4): greeting, CAPA, STLS, CAPA, QUIT.
package import Dialogues
package import Evidence

extension Dialogue {
  /// For ports 110 and 995.
  package static func pop3(
    port: UInt16, _ security: MailSession.Security, _ conduct: ProbeConduct = .usual
  ) -> Dialogue {
    Dialogue(POP3Script(), for: MailSession(.pop3, port: port, security: security), conduct)
  }
}

struct POP3Script: DialogueScript {
  /// The reply to CAPA, while its lines follow.
  private var capabilitiesReply: MailReply?
  private var items: [MailCapability] = []

  func quitCommand() -> [UInt8] { Array("QUIT\r\n".utf8) }

  mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading
  {
    if let reply = capabilitiesReply {
      guard line != [UInt8(ascii: ".")] else {
        capabilitiesReply = nil
        return .reply(reply)
      }
      // RFC 1939 §3: a dot in front of a dot is taken away.
      let text = line.first == UInt8(ascii: ".") ? Array(line.dropFirst()) : line
      if let item = MailCapability(line: text) { items.append(item) }
      return .more
    }
    let reply = try status(line)
    guard reply.word == .ok, stage == .capabilities || stage == .capabilitiesInTLS else {
      return .reply(reply)
    }
    capabilitiesReply = reply
    items = []
    return .more
  }

  mutating func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    let isPositive = reply.word == .ok
    switch stage {
    case .greeting:
      guard isPositive else { return .leave(.refused(reply)) }
      return .send(Self.capabilitiesCommand, awaiting: session.firstCapabilities)
    case .capabilities, .capabilitiesInTLS:
      guard isPositive else { return capabilitiesRefused(reply, at: stage, noting: &session) }
      let capabilities = MailCapabilities(.pop3, reply: reply, items: items)
      return session.proceed(with: capabilities, at: stage, startTLS: Self.startTLSCommand)
    case .startTLS:
      guard isPositive else {
        session.startTLS = session.inPlaintext.list == nil ? .refusedUnlisted(reply) : .refused(reply)
        return .leave(.refused(reply))
      }
      session.startTLS = .accepted
      return .startTLS
    case .handshake, .sender, .injection, .quit: return .leave(.completed)
    }
  }

  mutating func proceedInTLS() -> DialogueMove {
    .send(Self.capabilitiesCommand, awaiting: .capabilitiesInTLS)
  }

  private static let capabilitiesCommand = Array("CAPA\r\n".utf8)
  private static let startTLSCommand = Array("STLS\r\n".utf8)

  /// CAPA is optional, also for a server that knows STLS.
  private func capabilitiesRefused(
    _ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession
  ) -> DialogueMove {
    session.note(.refused(reply), at: stage)
    guard stage == .capabilities else { return .leave(.completed) }
    return .send(Self.startTLSCommand, awaiting: .startTLS)
  }

  private func status(_ line: [UInt8]) throws(MailSession.Violation) -> MailReply {
    let indicator = line.prefix { $0 != 0x20 }
    let word: MailReply.Word
    if indicator.isWord("+OK") {
      word = .ok
    } else if indicator.isWord("-ERR") {
      word = .no
    } else {
      throw .notAReply
    }
    return MailReply(word, bracketed: line.dropFirst(indicator.count))
  }
}

extension POP3Script: InjectingScript {
  func harmlessCommand() -> [UInt8] { Array("NOOP\r\n".utf8) }

  /// Nobody has logged in: NOOP is refused (RFC 1939 §5), while QUIT is always granted.
  func isAnswerToHarmlessCommand(_ reply: MailReply) -> Bool { reply.word == .no }
}

extension MailSession {
  /// The time stamp by which a server offers APOP, angle brackets included (RFC 1939 §7).
  package var apopTimestamp: [UInt8]? {
    guard mailProtocol == .pop3, let text = greeting?.text.first, let start = text.firstIndex(of: 0x3C),
      let end = text[start...].firstIndex(of: 0x3E), text[start..<end].contains(UInt8(ascii: "@"))
    else { return nil }
    return Array(text[start...end])
  }
}
