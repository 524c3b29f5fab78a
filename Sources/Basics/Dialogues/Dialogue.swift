/// A conversation with a mail server as a pure state machine: octets in, steps out. It connects, waits and encrypts
/// nothing, and has no clock; whoever holds the connection does, and tells it.
///
/// Nothing is sent before a complete greeting. Octets are taken as they come, one by one, so that the result does not
/// depend on how the network cut them. What is kept stays below the limits of `DialogueLimits`.
package import Evidence

/// What the holder of the connection has to do next.
package enum DialogueStep: Hashable, Sendable {
  case send([UInt8])
  /// Hand over what was read in plaintext, which is noted and not listened to; then do the handshake, and say
  /// `tlsEstablished()` or `interrupt(.tlsFailed)`.
  case startTLS
  /// For octets, the end of the connection, or the deadline.
  case wait
  /// Send what is to be sent, and close.
  case finished(MailSession)
}

package struct Dialogue: Sendable {
  private enum State {
    case awaitingReply(MailSession.Stage)
    case awaitingTLS
    /// The ending is decided, the farewell is said, its reply is awaited (RFC 5321 §4.1.1.10).
    case leaving
    case over
  }

  private var script: any DialogueScript
  private var session: MailSession
  private var reader = LineReader()
  private var deviations: Set<MailSession.Deviation> = []
  private var state: State
  private var due: [DialogueStep] = []

  package init(_ script: some DialogueScript, for session: MailSession) {
    self.script = script
    self.session = session
    switch session.security {
    case .implicitTLS:
      due = [.startTLS]
      state = .awaitingTLS
    case .startTLS: state = .awaitingReply(.greeting)
    }
  }

  /// To be asked after each event, until it says `wait` or `finished`.
  package mutating func next() -> DialogueStep {
    if !due.isEmpty { return due.removeFirst() }
    switch state {
    case .awaitingReply, .awaitingTLS, .leaving: return .wait
    case .over: return .finished(session)
    }
  }

  /// The session as soon as nothing more can be learnt, while the farewell may still be under way.
  package var decided: MailSession? {
    switch state {
    case .awaitingReply, .awaitingTLS: nil
    case .leaving, .over: session
    }
  }

  /// What is awaited, for time-outs and measurements; nil once the ending is decided.
  package var awaited: MailSession.Stage? {
    switch state {
    case .awaitingReply(let stage): stage
    case .awaitingTLS: .handshake
    case .leaving, .over: nil
    }
  }

  package mutating func receive(_ octets: [UInt8]) {
    for octet in octets {
      switch state {
      case .awaitingReply(let stage):
        if let event = reader.take(octet) { handle(event, at: stage) }
      case .awaitingTLS:
        if session.plaintextBeforeHandshake.count < DialogueLimits.keptOctets {
          session.plaintextBeforeHandshake.append(octet)
        }
      case .leaving:
        if let event = reader.take(octet) { handle(event, at: .quit) }
      case .over: return
      }
    }
  }

  /// The handshake that `startTLS` asked for is complete; `receive` brings decrypted octets from now on.
  package mutating func tlsEstablished() {
    guard case .awaitingTLS = state else { return }
    switch session.security {
    case .implicitTLS: state = .awaitingReply(.greeting)
    case .startTLS: go(script.proceedInTLS(), from: .handshake)
    }
  }

  /// The connection, or the time for it, has ended.
  package mutating func interrupt(_ reason: MailSession.Interruption) {
    switch state {
    case .awaitingReply(let stage): end(.interrupted(reason), at: stage)
    case .awaitingTLS: end(.interrupted(reason), at: .handshake)
    case .leaving: state = .over
    case .over: break
    }
  }
}

extension Dialogue {
  private mutating func handle(_ event: LineReader.Event, at stage: MailSession.Stage) {
    switch event {
    case .limit(let limit): end(.exceeded(limit), at: stage)
    case .line:
      if let size = script.literalSize(after: reader.physicalLine, of: reader.line) {
        if let event = reader.expectLiteral(of: size) { handle(event, at: stage) }
        return
      }
      do throws(MailSession.Violation) {
        let reading = try script.read(reader.line, at: stage)
        handle(reading, at: stage)
      } catch {
        end(.violated(error), at: stage)
      }
    }
  }

  private mutating func handle(_ reading: LineReading, at stage: MailSession.Stage) {
    switch reading {
    case .more: reader.finishLine()
    case .ignored(let deviation):
      deviations.insert(deviation)
      reader.finishLine()
    case .reply(let reply): handle(reply, at: stage)
    }
  }

  private mutating func handle(_ reply: MailReply, at stage: MailSession.Stage) {
    guard stage != .quit else {
      state = .over
      return
    }
    if stage == .greeting { session.greeting = reply }
    if reply.isShutdown {
      end(.shutDown(reply), at: stage)
    } else {
      go(script.proceed(reply, at: stage, noting: &session), from: stage)
    }
    reader.finishReply()
  }

  private mutating func go(_ move: DialogueMove, from stage: MailSession.Stage) {
    switch move {
    case .send(let octets, let next):
      due.append(.send(octets))
      state = .awaitingReply(next)
    case .await(let next): state = .awaitingReply(next)
    case .startTLS:
      due.append(.startTLS)
      state = .awaitingTLS
    case .leave(let ending): end(ending, at: stage)
    }
  }

  private mutating func end(_ ending: MailSession.Ending, at stage: MailSession.Stage) {
    guard stage != .quit else {
      state = .over
      return
    }
    session.ending = ending
    session.stage = ending == .completed ? .quit : stage
    let all = deviations.union(reader.deviations)
    session.deviations = MailSession.Deviation.allCases.filter(all.contains)
    switch ending {
    case .completed, .refused, .shutDown:
      // The farewell has been said already.
      guard stage != .injection else {
        state = .over
        return
      }
      sayGoodbye()
      state = .leaving
    case .violated, .exceeded, .interrupted(.timedOut), .interrupted(.abandoned):
      // Where a reply to the farewell would begin cannot be known any more.
      keepUnfinished()
      if stage != .handshake, stage != .injection { sayGoodbye() }
      state = .over
    case .interrupted(.closed), .interrupted(.reset), .interrupted(.tlsFailed):
      keepUnfinished()
      state = .over
    }
  }

  private mutating func keepUnfinished() {
    session.unfinished = Array(reader.octets.prefix(DialogueLimits.keptOctets))
  }

  /// Not before a greeting: a server that has not greeted yet is to be sent nothing (RFC 5321 §3.1).
  private mutating func sayGoodbye() {
    if session.greeting != nil { due.append(.send(script.quitCommand())) }
  }
}
