/// One conversation with a mail server that accepted the connection, without login and without mail: what it offered,
/// and how far the conversation came. Who was connected to, how long it took, and what the TLS handshake showed,
/// stands beside it: a session that could not be connected is none.
///
/// A server that does not offer STARTTLS and one of which nothing is known are told apart in `startTLS`; why nothing
/// is known stands in `ending`, `stage` and `inPlaintext`.
package struct MailSession: Hashable, Sendable, Codable {
  package let mailProtocol: MailProtocol
  package let port: UInt16
  package let security: Security
  /// As whom EHLO presented us; nil where the protocol has no such thing.
  package let introducedAs: String?

  /// nil until a complete one came.
  package var greeting: MailReply?
  /// Capabilities before TLS; always `unseen` where TLS is implicit.
  package var inPlaintext = MailCapabilityListing.unseen
  package var startTLS: StartTLS
  /// What came in plaintext when only TLS could follow, cut at 2048 octets. Behind the reply to STARTTLS it was put
  /// there by the server or by someone on the path (RFC 3207 §4.2), and was not listened to; on a port for implicit
  /// TLS the server does not speak TLS.
  package var plaintextBeforeHandshake: [UInt8] = []
  /// Capabilities inside TLS.
  package var inTLS = MailCapabilityListing.unseen
  /// nil in a usual conversation.
  package var trial: MailTrial?

  /// Where the conversation was when its ending was decided; the farewell comes after that.
  package var stage: Stage
  package var ending = Ending.interrupted(.abandoned)
  /// The reply that was never complete, or that broke the protocol or a limit: its first 2048 octets.
  package var unfinished: [UInt8] = []
  /// What was against the standard and could be read all the same; sorted, each once.
  package var deviations: [Deviation] = []

  package init(_ mailProtocol: MailProtocol, port: UInt16, security: Security, introducedAs: String? = nil) {
    self.mailProtocol = mailProtocol
    self.port = port
    self.security = security
    self.introducedAs = introducedAs
    switch security {
    case .implicitTLS:
      startTLS = .implicit
      stage = .handshake
    case .startTLS:
      startTLS = .unseen
      stage = .greeting
    }
  }
}

package enum MailProtocol: String, Hashable, Sendable, Codable, CaseIterable {
  case smtp, imap, pop3, manageSieve
}

extension MailSession {
  /// How TLS is meant to begin on this port.
  package enum Security: String, Hashable, Sendable, Codable, CaseIterable {
    /// With the first octet (RFC 8314 §3).
    case implicitTLS
    /// On demand, by STARTTLS or STLS.
    case startTLS
  }

  package enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Awaiting the greeting; in ManageSieve it holds the capabilities.
    case greeting
    /// EHLO, CAPABILITY or CAPA before TLS.
    case capabilities
    /// STARTTLS or STLS was sent.
    case startTLS
    case handshake
    case capabilitiesInTLS
    /// MAIL, or RSET behind it, was sent.
    case sender
    /// The farewell was sent inside TLS, behind a command that was sent before TLS.
    case injection
    /// Nothing was left to learn.
    case quit
  }

  /// What is known about STARTTLS (STLS in POP3).
  package enum StartTLS: Hashable, Sendable, Codable {
    /// Not asked: TLS begins with the first octet.
    case implicit
    /// Not known whether the server offers it.
    case unseen
    /// The server said what it can do, completely, and this was not among it.
    case notOffered
    /// IMAP greeted with PREAUTH, after which it is not valid any more, offered or not (RFC 9051 §6.2.1).
    case ruledOutByPreauth
    /// Offered and asked for; no reply came that could be understood.
    case unanswered
    /// Offered and asked for, in vain.
    case refused(MailReply)
    /// Asked for without having been offered, because the server lists nothing (POP3 without CAPA), and refused.
    case refusedUnlisted(MailReply)
    /// The server told us to go ahead. Whether TLS came about is for the handshake to say.
    case accepted

    /// Proof that nobody gets TLS this way here; a refusal for now, or silence, is none.
    package var isProvenAbsent: Bool {
      switch self {
      case .notOffered, .ruledOutByPreauth: true
      case .refusedUnlisted(let reply): reply.meaning != .temporary
      case .implicit, .unseen, .unanswered, .refused, .accepted: false
      }
    }
  }

  package enum Ending: Hashable, Sendable, Codable {
    /// Everything was asked, and answered.
    case completed
    /// The reply to what was asked at `stage`, or the greeting, leads no further.
    case refused(MailReply)
    /// 421 or BYE: the server ended the session, whatever was asked. Rate limits show like this.
    case shutDown(MailReply)
    case interrupted(Interruption)
    case violated(Violation)
    case exceeded(Limit)
  }

  /// What only the one who holds the connection can know.
  package enum Interruption: String, Hashable, Sendable, Codable, CaseIterable {
    /// The server closed the connection without a word.
    case closed
    case reset
    /// The deadline of the conversation passed.
    case timedOut
    /// The TLS handshake failed, or TLS later on.
    case tlsFailed
    /// Given up from this side, for reasons that say nothing about the server.
    case abandoned
  }

  /// A reply that cannot be understood; reading on would be guessing.
  package enum Violation: String, Error, Hashable, Sendable, Codable, CaseIterable {
    /// No reply of this protocol.
    case notAReply
    /// Another code in a later line of a reply (RFC 5321 §4.2.1).
    case codeChanged
    /// A reply that does not belong to what was asked: 250 as a greeting, 354 to EHLO, IMAP's `+`.
    case unexpectedReply
    /// IMAP's reply to a command that was never given.
    case foreignTag
    /// Success without the data that belongs to it.
    case missingData
    /// A quoted string or literal that does not end where it must.
    case malformedString
  }

  package enum Limit: String, Hashable, Sendable, Codable, CaseIterable {
    case lineOctets, replyLines, replyOctets
  }

  package enum Deviation: String, Hashable, Sendable, Codable, CaseIterable {
    /// A line ended by LF alone.
    case bareLineFeed
    case bareCarriageReturn
    case nul
    /// Other control characters than NUL, TAB, CR and LF.
    case controlCharacter
    /// An octet above 127: wrong in SMTP (RFC 5321 §4.2), legal in ManageSieve.
    case nonASCII
    /// A line that is no part of any reply of the protocol.
    case unknownLine
  }
}
