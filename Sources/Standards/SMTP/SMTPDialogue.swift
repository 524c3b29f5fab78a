/// SMTP up to the point where mail or a login would begin (RFC 5321 §3.1, §3.2, RFC 3207): greeting, EHLO, STARTTLS,
/// EHLO, QUIT. It never authenticates, and never names a recipient; the sender of a transaction only in a trial.
package import Dialogues
package import Evidence

extension Dialogue {
  /// For ports 25, 587 and 465.
  package static func smtp(
    port: UInt16, _ security: MailSession.Security, as name: SMTPClientName, _ conduct: ProbeConduct = .usual
  ) -> Dialogue {
    let session = MailSession(.smtp, port: port, security: security, introducedAs: name.description)
    // Submission wants a login first (RFC 6409 §4.3).
    let triesSenders = conduct == .trial && port == ProbedService.smtp.port
    return Dialogue(SMTPScript(name: name, triesSenders: triesSenders), for: session, conduct)
  }
}

struct SMTPScript: DialogueScript {
  let name: SMTPClientName
  let triesSenders: Bool
  private var reader = SMTPReplyReader()
  /// The refusal of EHLO, while HELO is tried.
  private var refusedHello: MailReply?
  private var senders = SenderTrial.notBegun

  init(name: SMTPClientName, triesSenders: Bool = false) {
    self.name = name
    self.triesSenders = triesSenders
  }

  func quitCommand() -> [UInt8] { Array("QUIT\r\n".utf8) }

  mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading
  {
    try reader.read(line).map(LineReading.reply) ?? .more
  }

  mutating func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    guard case .code(let code, _) = reply.status else { return .leave(.violated(.unexpectedReply)) }
    switch (stage, code) {
    case (.greeting, 220): return .send(hello, awaiting: session.firstCapabilities)
    case (.capabilities, 250), (.capabilitiesInTLS, 250):
      return greeted(reply, at: stage, noting: &session)
    case (.capabilities, 500...), (.capabilitiesInTLS, 500...):
      return helloRefused(reply, at: stage, noting: &session)
    case (.sender, _): return senderAnswered(reply, noting: &session)
    case (.startTLS, 220):
      session.startTLS = .accepted
      return .startTLS
    case (.startTLS, 400...):
      session.startTLS = .refused(reply)
      return .leave(.refused(reply))
    case (_, 400...): return .leave(.refused(reply))
    case (_, _): return .leave(.violated(.unexpectedReply))
    }
  }

  mutating func proceedInTLS() -> DialogueMove {
    refusedHello = nil
    return .send(hello, awaiting: .capabilitiesInTLS)
  }

  private var hello: [UInt8] { Array("EHLO \(name)\r\n".utf8) }

  private mutating func greeted(
    _ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession
  )
    -> DialogueMove
  {
    if let refusedHello {
      if stage == .capabilities, refusedHello.saysUnknownCommand { session.startTLS = .notOffered }
      return .leave(.completed)
    }
    let items = reply.text.dropFirst().compactMap { MailCapability(line: $0) }
    let capabilities = MailCapabilities(.smtp, reply: reply, items: items)
    if triesSenders, stage == .capabilities {
      session.note(.listed(capabilities), at: stage)
      senders = .null(capabilities)
      return .send(Array("MAIL FROM:<>\r\n".utf8), awaiting: .sender)
    }
    return session.proceed(with: capabilities, at: stage, startTLS: Array("STARTTLS\r\n".utf8))
  }

  /// A server that refuses EHLO may be older than it (RFC 5321 §3.2).
  private mutating func helloRefused(
    _ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession
  ) -> DialogueMove {
    guard refusedHello == nil else { return .leave(.refused(reply)) }
    refusedHello = reply
    session.note(.refused(reply), at: stage)
    return .send(Array("HELO \(name)\r\n".utf8), awaiting: stage)
  }
}

/// Which command of a trial was sent last: `MAIL FROM:<>`, another sender if that was refused, and RSET, since
/// STARTTLS is no command of a transaction (RFC 5321 §4.1.1.5).
private enum SenderTrial {
  case notBegun
  case null(MailCapabilities)
  case other(MailCapabilities)
  case reset(MailCapabilities)
}

extension SMTPScript {
  private mutating func senderAnswered(_ reply: MailReply, noting session: inout MailSession) -> DialogueMove
  {
    switch senders {
    case .notBegun: return .leave(.violated(.unexpectedReply))
    case .null(let capabilities):
      session.trial?.nullSender = reply
      guard reply.meaning == .permanent else { return reset(capabilities) }
      senders = .other(capabilities)
      return .send(Array("MAIL FROM:<postmaster@\(name)>\r\n".utf8), awaiting: .sender)
    case .other(let capabilities):
      session.trial?.otherSender = reply
      return reset(capabilities)
    case .reset(let capabilities):
      return session.proceed(with: capabilities, at: .capabilities, startTLS: Array("STARTTLS\r\n".utf8))
    }
  }

  private mutating func reset(_ capabilities: MailCapabilities) -> DialogueMove {
    senders = .reset(capabilities)
    return .send(Array("RSET\r\n".utf8), awaiting: .sender)
  }
}

extension SMTPScript: InjectingScript {
  func harmlessCommand() -> [UInt8] { Array("NOOP\r\n".utf8) }

  /// QUIT is answered with 221 (RFC 5321 §4.1.1.9, §4.1.1.10).
  func isAnswerToHarmlessCommand(_ reply: MailReply) -> Bool {
    if case .code(250, _) = reply.status { true } else { false }
  }
}

extension MailReply {
  /// The server does not know EHLO, and so no extension. By any other code it may dislike this client only.
  fileprivate var saysUnknownCommand: Bool {
    switch status {
    case .code(500, _), .code(502, _): true
    case .code, .word: false
    }
  }
}
