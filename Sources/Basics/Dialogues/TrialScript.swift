package import Evidence

/// A script that puts a command behind STARTTLS in the same packet, and asks for nothing inside TLS but the end: a
/// server that keeps what it read before the handshake answers twice (RFC 3207 §4.2, CVE-2011-0411).
///
/// It takes a session of its own, and only where somebody wants it (`--probe full`). The command does nothing, but a
/// server may rightly hang up on who does not wait for the reply to STARTTLS (Postfix's smtpd_forbid_unauth_pipelining,
/// Exim's synchronisation check), and write it down as an attack: the usual conversation would then be lost.
package struct TrialScript<Base: InjectingScript>: DialogueScript {
  private var base: Base
  private var answer: MailReply?

  package init(_ base: Base) { self.base = base }

  package mutating func quitCommand() -> [UInt8] { base.quitCommand() }

  package mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading
  {
    try base.read(line, at: stage)
  }

  package func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int? {
    base.literalSize(after: physicalLine, of: line)
  }

  package mutating func proceed(
    _ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession
  ) -> DialogueMove {
    guard stage != .injection else { return judge(reply, noting: &session) }
    switch base.proceed(reply, at: stage, noting: &session) {
    case .send(let octets, .startTLS): return .send(octets + base.harmlessCommand(), awaiting: .startTLS)
    case .leave(.completed) where stage == .capabilitiesInTLS:
      return .send(base.quitCommand(), awaiting: .injection)
    case let move: return move
    }
  }

  package mutating func proceedInTLS() -> DialogueMove {
    switch base.proceedInTLS() {
    // ManageSieve: the server speaks first.
    case .await(let stage): .await(stage)
    case .send, .startTLS, .leave: .send(base.quitCommand(), awaiting: .injection)
    }
  }

  private mutating func judge(_ reply: MailReply, noting session: inout MailSession) -> DialogueMove {
    if let answer {
      session.trial?.injected = answer
      return .leave(.completed)
    }
    guard base.isAnswerToHarmlessCommand(reply) else { return .leave(.completed) }
    answer = reply
    return .await(.injection)
  }
}

package protocol InjectingScript: DialogueScript {
  /// One that does nothing, line end included.
  mutating func harmlessCommand() -> [UInt8]

  /// Rather than to the farewell; asked for the reply that was read last.
  func isAnswerToHarmlessCommand(_ reply: MailReply) -> Bool
}

extension Dialogue {
  package init(_ script: some InjectingScript, for session: MailSession, _ conduct: ProbeConduct) {
    switch conduct {
    case .usual: self.init(script, for: session)
    case .trial:
      var session = session
      session.trial = MailTrial()
      self.init(TrialScript(script), for: session)
    }
  }
}
