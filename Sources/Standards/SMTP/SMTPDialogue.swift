/// SMTP up to the point where mail or a login would begin (RFC 5321 §3.1, §3.2, RFC 3207): greeting, EHLO, STARTTLS,
/// EHLO, QUIT. It never authenticates and never starts a transaction.
package import Dialogues
package import Evidence

extension Dialogue {
  /// For ports 25, 587 and 465.
  package static func smtp(port: UInt16, _ security: MailSession.Security, as name: SMTPClientName)
    -> Dialogue
  {
    let session = MailSession(.smtp, port: port, security: security, introducedAs: name.description)
    return Dialogue(SMTPScript(name: name), for: session)
  }
}

struct SMTPScript: DialogueScript {
  let name: SMTPClientName
  private var reader = SMTPReplyReader()
  /// The refusal of EHLO, while HELO is tried.
  private var refusedHello: MailReply?

  init(name: SMTPClientName) { self.name = name }

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

  private func greeted(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove
  {
    if let refusedHello {
      if stage == .capabilities, refusedHello.saysUnknownCommand { session.startTLS = .notOffered }
      return .leave(.completed)
    }
    let items = reply.text.dropFirst().compactMap { MailCapability(line: $0) }
    let capabilities = MailCapabilities(.smtp, reply: reply, items: items)
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

extension MailReply {
  /// The server does not know EHLO, and so no extension. By any other code it may dislike this client only.
  fileprivate var saysUnknownCommand: Bool {
    switch status {
    case .code(500, _), .code(502, _): true
    case .code, .word: false
    }
  }
}
