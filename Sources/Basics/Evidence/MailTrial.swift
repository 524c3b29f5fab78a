/// What a conversation showed that went further than a client would (`ProbeConduct.trial`). Still nobody logs in, and no
/// mail is sent: no recipient is ever named.
package struct MailTrial: Hashable, Sendable, Codable {
  /// To MAIL with the empty sender in plaintext, on port 25.
  package var nullSender: MailReply?
  /// To MAIL with an ordinary sender, asked for where the empty one was refused: whether it is the sender at all.
  package var otherSender: MailReply?
  /// Sent inside TLS to a command that came before TLS, in the same packet as STARTTLS (CVE-2011-0411). Another reply
  /// followed for what was really said.
  package var injected: MailReply?

  package init() {}
}

extension MailSession {
  /// Whether a command from before TLS is obeyed inside it; nil where that is not known.
  package var isInjectable: Bool? {
    guard let trial else { return nil }
    if trial.injected != nil { return true }
    switch (stage, ending) {
    case (.quit, .completed): return startTLS == .accepted ? false : nil
    // It answered once, or not at all, and hung up.
    case (.injection, .interrupted(.closed)), (.injection, .interrupted(.reset)),
      (.injection, .interrupted(.tlsFailed)), (.injection, .shutDown), (.injection, .refused):
      return false
    // It took the command for the handshake, or for the offence that it is.
    case (.handshake, .interrupted(.tlsFailed)), (.startTLS, .interrupted(.closed)),
      (.startTLS, .interrupted(.reset)):
      return false
    case (.startTLS, .refused(let reply)), (.startTLS, .shutDown(let reply)):
      return reply.meaning == .temporary && !reply.isShutdown ? nil : false
    case (_, _): return nil
    }
  }
}
