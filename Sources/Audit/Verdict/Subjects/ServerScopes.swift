package import DNSData
package import Evidence

/// A subject that is one server: rules about delivery and rules about mail programs each want their own ports, and
/// no gaps of the others.
package protocol ServerSubject: Subject {
  var server: MailServer { get }
}

extension MailDoor: ServerSubject {}
extension MailConversation: ServerSubject {}
extension StartTLSOffer: ServerSubject {}

/// At port 25, where other servers deliver.
@dynamicMemberLookup
package struct Receiving<S: ServerSubject>: Subject {
  package let subject: S

  package static func observe(_ facts: Facts) -> Observation<Receiving<S>> {
    let all = S.observe(facts)
    return Observation(
      all.subjects.filter(\.server.isForMail).map { Receiving(subject: $0) },
      gaps: all.gaps.filter { $0.place.port == nil || $0.place.port == ProbedService.smtp.port })
  }

  package subscript<T>(dynamicMember path: KeyPath<S, T>) -> T { subject[keyPath: path] }
}

/// At the ports of mail programs.
@dynamicMemberLookup
package struct ForClients<S: ServerSubject>: Subject {
  package let subject: S

  package static func observe(_ facts: Facts) -> Observation<ForClients<S>> {
    let all = S.observe(facts)
    return Observation(
      all.subjects.filter { !$0.server.isForMail }.map { ForClients(subject: $0) },
      gaps: all.gaps.filter { $0.place.port != ProbedService.smtp.port })
  }

  package subscript<T>(dynamicMember path: KeyPath<S, T>) -> T { subject[keyPath: path] }
}

/// A conversation as far as it came; what it did not come to is a gap.
package struct WholeConversation: ServerSubject {
  package let server: MailServer
  package let conversation: Conversation
  package var session: MailSession { conversation.session }

  package static func observe(_ facts: Facts) -> Observation<WholeConversation> {
    let all = MailConversation.observe(facts)
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
    let all = MailConversation.observe(facts)
    let greetings = all.subjects.filter { $0.session.stage != .greeting || $0.session.isUnintelligible }
    let others = all.subjects.filter { $0.session.stage == .greeting && !$0.session.isUnintelligible }
    return Observation(
      greetings.map { ServerGreeting(server: $0.server, conversation: $0.conversation) },
      gaps: all.gaps + others.compactMap(\.gap))
  }
}

/// The extensions with which a server takes mail: those inside TLS, and those in plaintext only where there is no
/// TLS, since before STARTTLS a server may hold back what it likes.
package struct SMTPExtensions: ServerSubject {
  package let server: MailServer
  package let list: MailCapabilities

  package static func observe(_ facts: Facts) -> Observation<SMTPExtensions> {
    let all = MailConversation.observe(facts)
    let smtp = all.subjects.filter { $0.server.service.mailProtocol == .smtp }
    let known = smtp.compactMap { conversation in
      conversation.session.listForMail.map { SMTPExtensions(server: conversation.server, list: $0) }
    }
    return Observation(
      known, gaps: all.gaps + smtp.filter { $0.session.listForMail == nil }.compactMap(\.gap))
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
