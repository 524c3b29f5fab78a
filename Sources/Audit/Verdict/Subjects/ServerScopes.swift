import DNSData
package import Evidence

/// A subject that is one server. Each rule wants the servers of one kind: what is not known of others is no gap of it.
package protocol ServerSubject: Subject {
  var server: MailServer { get }
}

extension MailDoor: ServerSubject {}
extension MailConversation: ServerSubject {}
extension StartTLSOffer: ServerSubject {}
extension TLSVersions: ServerSubject {}
extension CertifiedServer: ServerSubject {}

/// A subject at the servers of one kind, and the gaps of those alone.
@dynamicMemberLookup
package struct Scoped<S: ServerSubject, Scope: ServerScope>: Subject {
  package let subject: S

  package static func observe(_ facts: Facts) -> Observation<Scoped<S, Scope>> {
    let all = facts.observation(of: S.self)
    let places = Set(facts.mailServers.filter { Scope.includes($0.service) }.map(\.place))
    return Observation(
      all.subjects.filter { Scope.includes($0.server.service) }.map { Scoped(subject: $0) },
      gaps: all.gaps.filter { gap in
        gap.place.port == nil ? !facts.isElsewhere(gap, than: Scope.includes) : places.contains(gap.place)
      })
  }

  package subscript<T>(dynamicMember path: KeyPath<S, T>) -> T { subject[keyPath: path] }
}

/// Where other servers deliver.
package typealias Receiving<S: ServerSubject> = Scoped<S, ServerScopes.Delivery>

package protocol ServerScope: Sendable {
  static func includes(_ service: ProbedService) -> Bool
}

package enum ServerScopes {
  package enum Delivery: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool { service == .smtp }
  }

  /// Everything for mail programs.
  package enum Clients: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool { service != .smtp }
  }

  /// Of these, where TLS begins by STARTTLS or STLS.
  package enum ClientsOnDemand: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool {
      service != .smtp && service.security == .startTLS
    }
  }

  /// 587 and its like.
  package enum SubmissionOnDemand: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool {
      ClientsOnDemand.includes(service) && service.mailProtocol == .smtp
    }
  }

  /// 143, 110 and their like.
  package enum MailboxesOnDemand: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool {
      service.security == .startTLS && (service.mailProtocol == .imap || service.mailProtocol == .pop3)
    }
  }

  package enum Submissions: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool { service == .submissions }
  }

  package enum IMAP: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool { service.mailProtocol == .imap }
  }

  package enum ManageSieve: ServerScope {
    package static func includes(_ service: ProbedService) -> Bool { service.mailProtocol == .manageSieve }
  }
}

/// A conversation as far as it came; what it did not come to is a gap.
package struct WholeConversation: ServerSubject {
  package let server: MailServer
  package let conversation: Conversation
  package var session: MailSession { conversation.session }

  package static func observe(_ facts: Facts) -> Observation<WholeConversation> {
    let all = facts.observation(of: MailConversation.self)
    return Observation(
      all.subjects.map { WholeConversation(server: $0.server, conversation: $0.conversation) },
      gaps: all.gaps + all.subjects.compactMap(\.gap))
  }

  /// All lists that were seen.
  package var lists: [MailCapabilities] { [session.inPlaintext.list, session.inTLS.list].compactMap(\.self) }
}

/// How a server began to speak. One that turned this client away, or said nothing, is a gap.
package struct ServerGreeting: ServerSubject {
  package let server: MailServer
  package let conversation: Conversation
  package var session: MailSession { conversation.session }

  package static func observe(_ facts: Facts) -> Observation<ServerGreeting> {
    let all = facts.observation(of: MailConversation.self)
    let greetings = all.subjects.filter { $0.session.stage != .greeting || $0.session.isUnintelligible }
    let others = all.subjects.filter { $0.session.stage == .greeting && !$0.session.isUnintelligible }
    return Observation(
      greetings.map { ServerGreeting(server: $0.server, conversation: $0.conversation) },
      gaps: all.gaps + others.compactMap(\.gap))
  }
}

/// How a mail server took EHLO. A refusal that may be about this client, or its name, is a gap.
package struct HelloReply: ServerSubject {
  package let server: MailServer
  /// With which EHLO was called unknown; nil if it was taken.
  package let refusal: MailReply?

  package static func observe(_ facts: Facts) -> Observation<HelloReply> {
    let all = facts.observation(of: MailConversation.self)
    let smtp = all.subjects.filter { $0.server.service.mailProtocol == .smtp }
    let replies = smtp.compactMap { conversation -> HelloReply? in
      let listings = [conversation.session.inPlaintext, conversation.session.inTLS]
      let refusals = listings.compactMap(\.refusal)
      if let unknown = refusals.first(where: \.saysUnknownCommand) {
        return HelloReply(server: conversation.server, refusal: unknown)
      }
      let isTaken = refusals.isEmpty && listings.contains { $0.list != nil }
      return isTaken ? HelloReply(server: conversation.server, refusal: nil) : nil
    }
    let known = Set(replies.map(\.server))
    let others = smtp.filter { !known.contains($0.server) }
    return Observation(replies, gaps: all.gaps + others.compactMap(\.helloGap))
  }
}

/// A server of which it is known whether it can speak TLS, from the attempts to.
package struct TLSCapability: ServerSubject {
  package let server: MailServer
  package let session: MailSession

  package static func observe(_ facts: Facts) -> Observation<TLSCapability> {
    let all = facts.observation(of: MailConversation.self)
    let decided = all.subjects.filter { $0.server.tlsAttempts != .undecided }
    let others = all.subjects.filter { $0.server.tlsAttempts == .undecided }
    return Observation(
      decided.map { TLSCapability(server: $0.server, session: $0.session) },
      gaps: all.gaps + others.compactMap(\.gap))
  }
}

/// The extensions with which a server takes mail: those inside TLS, and those in plaintext only where there is no
/// TLS, since before STARTTLS a server may hold back what it likes.
package struct SMTPExtensions: ServerSubject {
  package let server: MailServer
  package let list: MailCapabilities

  package static func observe(_ facts: Facts) -> Observation<SMTPExtensions> {
    let all = facts.observation(of: MailConversation.self)
    let smtp = all.subjects.filter { $0.server.service.mailProtocol == .smtp }
    let known = smtp.compactMap { conversation in
      conversation.session.listForMail.map { SMTPExtensions(server: conversation.server, list: $0) }
    }
    return Observation(
      known, gaps: all.gaps + smtp.filter { $0.session.listForMail == nil }.compactMap(\.gap))
  }
}

extension MailConversation {
  /// With HELO the session may have come to its end all the same.
  fileprivate var helloGap: Gap? {
    let refusal = session.inPlaintext.refusal ?? session.inTLS.refusal
    return refusal.map { server.gap(.noConversation(.turnedAway($0))) } ?? gap
  }
}

extension MailCapabilityListing {
  fileprivate var refusal: MailReply? {
    if case .refused(let reply) = self { reply } else { nil }
  }
}

extension MailReply {
  /// RFC 5321 §4.2.4. By any other code it may be this client that is refused.
  fileprivate var saysUnknownCommand: Bool {
    if case .code(let code, _) = status { code == 500 || code == 502 } else { false }
  }
}

extension MailSession {
  /// What came is no reply of the protocol, or never ends.
  var isUnintelligible: Bool {
    switch ending {
    case .violated, .exceeded: true
    case .completed, .refused, .shutDown, .interrupted: false
    }
  }

  fileprivate var listForMail: MailCapabilities? {
    inTLS.list ?? (startTLS.isProvenAbsent ? inPlaintext.list : nil)
  }
}

extension MailServer {
  /// One step less at a third party's host, which the domain's owner can only complain about.
  package func severity(_ own: Severity) -> Severity {
    switch ownership {
    case .own: own
    case .thirdParty: own.lessByOne
    }
  }

  /// `words`, and whose it is.
  package var owned: Message {
    switch ownership {
    case .own: words
    case .thirdParty: "\(words) (of a third party)"
    }
  }
}

extension Severity {
  fileprivate var lessByOne: Severity {
    switch self {
    case .critical: .high
    case .high: .medium
    case .medium: .low
    case .low, .info: .info
    }
  }
}

extension MailReply {
  /// For what was observed: the code or word, and the first line of the text.
  package var words: Message {
    let line = text.first ?? []
    switch status {
    case .code(let code, _): return "\(Int(code)) \(foreign: line)"
    case .word(let word, _): return "\(own: word.rawValue) \(foreign: line)"
    }
  }
}
