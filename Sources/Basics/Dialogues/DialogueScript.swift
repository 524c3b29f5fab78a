package import Evidence

/// One protocol's part in a dialogue: how its replies read, and what is said next. It holds only what one
/// conversation needs, and waits for nothing.
package protocol DialogueScript: Sendable {
  /// The farewell, line end included.
  mutating func quitCommand() -> [UInt8]

  /// The next line of the reply awaited at `stage`, without its line end; literals stand in it as they were sent.
  mutating func read(_ line: [UInt8], at stage: MailSession.Stage) throws(MailSession.Violation)
    -> LineReading

  /// The size of the literal that `physicalLine` announces, the last one of `line`; nil if it announces none.
  func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int?

  /// Takes down what the reply says, and goes on.
  mutating func proceed(_ reply: MailReply, at stage: MailSession.Stage, noting session: inout MailSession)
    -> DialogueMove

  /// After STARTTLS: whatever the server said before is forgotten (RFC 3207 §4.2, RFC 9051 §6.2.1, RFC 2595 §4,
  /// RFC 5804 §2.2).
  mutating func proceedInTLS() -> DialogueMove
}

extension DialogueScript {
  package func literalSize(after physicalLine: [UInt8], of line: [UInt8]) -> Int? { nil }
}

package enum LineReading: Hashable, Sendable {
  /// The reply goes on.
  case more
  case ignored(MailSession.Deviation)
  case reply(MailReply)
}

package enum DialogueMove: Hashable, Sendable {
  case send([UInt8], awaiting: MailSession.Stage)
  /// The server speaks next without having been asked.
  case await(MailSession.Stage)
  case startTLS
  case leave(MailSession.Ending)
}

extension MailSession {
  /// Where the first capabilities belong.
  package var firstCapabilities: Stage {
    switch security {
    case .implicitTLS: .capabilitiesInTLS
    case .startTLS: .capabilities
    }
  }

  package mutating func note(_ listing: MailCapabilityListing, at stage: Stage) {
    switch stage {
    case .capabilitiesInTLS: inTLS = listing
    case .greeting, .capabilities, .startTLS, .handshake, .sender, .injection, .quit: inPlaintext = listing
    }
  }

  /// What a complete list means for TLS; `command` asks for it.
  package mutating func proceed(
    with capabilities: MailCapabilities, at stage: Stage, startTLS command: @autoclosure () -> [UInt8]
  ) -> DialogueMove {
    note(.listed(capabilities), at: stage)
    guard stage == .capabilities, startTLS != .ruledOutByPreauth else { return .leave(.completed) }
    guard capabilities.offersStartTLS else {
      startTLS = .notOffered
      return .leave(.completed)
    }
    startTLS = .unanswered
    return .send(command(), awaiting: .startTLS)
  }
}
