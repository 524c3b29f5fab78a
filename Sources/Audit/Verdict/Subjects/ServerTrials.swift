package import Evidence

// What servers do in a conversation that goes further than clients go. Nobody asks for it without `--probe full`: then
// the rules about it apply to nothing, as those about blocklists do.

/// A mail server that was tried.
package struct TriedServer: ServerSubject {
  package let server: MailServer
  package let session: MailSession

  package static func observe(_ facts: Facts) -> Observation<TriedServer> {
    guard facts.snapshot.request.probing.isFull else { return Observation([]) }
    let all = facts.observation(of: MailConversation.self)
    let conversations = all.subjects.map { conversation in
      (server: conversation.server, trial: conversation.server.trial)
    }
    return Observation(
      conversations.compactMap { server, trial in
        trial?.conversation.map { TriedServer(server: server, session: $0.session) }
      },
      gaps: all.gaps + conversations.compactMap { server, trial in trial.flatMap(server.gapOfTrial) })
  }

  /// The conversation ended before there was anything to tell.
  var silence: Gap { server.gap(.noConversation(session.trialSilence)) }
}

/// A mail server of which it is known whether it obeys inside TLS what was said before.
package struct InjectionTrial: ServerSubject {
  package let server: MailServer
  /// What it said to the command; nil if it forgot it, as it must.
  package let answer: MailReply?

  package static func observe(_ facts: Facts) -> Observation<InjectionTrial> {
    let all = facts.observation(of: TriedServer.self)
    let onDemand = all.subjects.filter { !$0.session.startTLS.isProvenAbsent }
    return Observation(
      onDemand.filter { $0.session.isInjectable != nil }.map {
        InjectionTrial(server: $0.server, answer: $0.session.trial?.injected)
      }, gaps: all.gaps + onDemand.filter { $0.session.isInjectable == nil }.map(\.silence))
  }
}

/// How a mail server took the empty sender. Where it refuses others too, it is about this client: a gap.
package struct NullSenderTrial: ServerSubject {
  package let server: MailServer
  /// nil if it was taken.
  package let refusal: MailReply?

  package static func observe(_ facts: Facts) -> Observation<NullSenderTrial> {
    let all = facts.observation(of: TriedServer.self)
    var trials: [NullSenderTrial] = []
    var gaps = all.gaps
    for tried in all.subjects where tried.server.isForMail {
      guard let reply = tried.session.trial?.nullSender else {
        gaps.append(tried.silence)
        continue
      }
      switch (reply.meaning, tried.session.trial?.otherSender?.meaning) {
      case (.positive, _): trials.append(NullSenderTrial(server: tried.server, refusal: nil))
      case (.permanent, .positive): trials.append(NullSenderTrial(server: tried.server, refusal: reply))
      case (_, _): gaps.append(tried.server.gap(.noConversation(.turnedAway(reply))))
      }
    }
    return Observation(trials, gaps: gaps)
  }
}

/// How a mail server that has STARTTLS took MAIL before it.
package struct PlaintextMailTrial: ServerSubject {
  package let server: MailServer
  /// What wants TLS first; nil for any other answer.
  package let refusal: MailReply?

  package static func observe(_ facts: Facts) -> Observation<PlaintextMailTrial> {
    let all = facts.observation(of: TriedServer.self)
    var trials: [PlaintextMailTrial] = []
    var gaps = all.gaps
    for tried in all.subjects
    where tried.server.isForMail && tried.session.inPlaintext.list?.offersStartTLS != false {
      guard let reply = tried.session.trial?.nullSender, reply.meaning != .temporary else {
        gaps.append(tried.silence)
        continue
      }
      trials.append(PlaintextMailTrial(server: tried.server, refusal: reply.wantsTLS ? reply : nil))
    }
    return Observation(trials, gaps: gaps)
  }
}

extension MailServer {
  fileprivate func gapOfTrial(_ trial: ServerProbe) -> Gap? {
    switch trial.outcome {
    case .conversed: nil
    case .refused: gap(.noConversation(.refusedConnection))
    case .timedOut: gap(.noConversation(.connectionTimedOut))
    case .unreachable: gap(.noConversation(.unreachable))
    case .notTried(let hindrance): gap(.notTested(NotTested(hindrance)))
    }
  }
}

extension MailSession {
  fileprivate var trialSilence: SilentServer {
    if let reply = trial?.nullSender, reply.meaning == .temporary { return .turnedAway(reply) }
    switch ending {
    case .refused(let reply), .shutDown(let reply): return .turnedAway(reply)
    case .interrupted(let interruption): return .ended(interruption, stage)
    case .completed, .violated, .exceeded: return .unintelligible(stage)
    }
  }
}

extension MailReply {
  /// RFC 3207 §4; the code alone may also want a login (RFC 4954 §6).
  fileprivate var wantsTLS: Bool {
    guard case .code(530, _) = status else { return false }
    return text.contains { String(decoding: $0, as: UTF8.self).uppercased().contains("TLS") }
  }
}
