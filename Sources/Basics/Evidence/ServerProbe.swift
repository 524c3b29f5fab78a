/// One conversation with one mail server at one address, or the reason that there was none.
package import DNSData

/// What makes one probe another: asked for twice, it is made once.
package struct ProbeRequest: Hashable, Sendable, Codable {
  package let address: IPAddress
  package let service: ProbedService
  /// Named in the ClientHello (RFC 6066 §3), and what the certificate is compared with. Hosts that share an address
  /// may show different certificates.
  package let serverName: Name?
  package let policy: TLSPolicy
  package let conduct: ProbeConduct

  package init(
    _ address: IPAddress, _ service: ProbedService, serverName: Name?, policy: TLSPolicy = .modern,
    conduct: ProbeConduct = .usual
  ) {
    self.address = address
    self.service = service
    self.serverName = serverName
    self.policy = policy
    self.conduct = conduct
  }
}

/// How far a conversation goes.
package enum ProbeConduct: String, Hashable, Sendable, Codable, CaseIterable {
  /// To the capabilities inside TLS.
  case usual
  /// Further than mail servers and programs go: see `MailTrial`.
  case trial
}

/// A protocol at a port.
package struct ProbedService: Hashable, Sendable, Codable {
  package let mailProtocol: MailProtocol
  package let port: UInt16
  package let security: MailSession.Security

  package init(_ mailProtocol: MailProtocol, port: UInt16, _ security: MailSession.Security) {
    self.mailProtocol = mailProtocol
    self.port = port
    self.security = security
  }

  /// Between servers (RFC 5321).
  package static let smtp = ProbedService(.smtp, port: 25, .startTLS)
  /// RFC 8314 §3.3, RFC 6409.
  package static let submissions = ProbedService(.smtp, port: 465, .implicitTLS)
  package static let submission = ProbedService(.smtp, port: 587, .startTLS)
  /// RFC 8314 §3.2, RFC 9051.
  package static let imaps = ProbedService(.imap, port: 993, .implicitTLS)
  package static let imap = ProbedService(.imap, port: 143, .startTLS)
  /// RFC 8314 §3.1, RFC 1939.
  package static let pop3s = ProbedService(.pop3, port: 995, .implicitTLS)
  package static let pop3 = ProbedService(.pop3, port: 110, .startTLS)
  /// RFC 5804.
  package static let manageSieve = ProbedService(.manageSieve, port: 4190, .startTLS)

  /// Where clients find their mail, at the registered ports.
  package static let forClients = [submissions, submission, imaps, imap, pop3s, pop3, manageSieve]
}

package struct ServerProbe: Hashable, Sendable, Codable {
  package enum Outcome: Hashable, Sendable, Codable {
    case conversed(Conversation)
    /// The port is closed.
    case refused
    /// No answer to the attempt to connect.
    case timedOut
    /// A router or the host said that it cannot be reached.
    case unreachable
    /// Nothing was sent.
    case notTried(Hindrance)
  }

  /// Why this machine or this run does not connect.
  package enum Hindrance: String, Error, Hashable, Sendable, Codable, CaseIterable {
    /// A loopback, private or otherwise special address, which a stranger must not send us to.
    case addressNotAllowed
    /// This machine has no route for the address family.
    case familyMissing
    /// The run's limit on connections.
    case limitReached
    /// This machine cannot speak TLS as wanted.
    case noTLSHere
  }

  package let request: ProbeRequest
  package let outcome: Outcome
  /// When it began.
  package let time: Timestamp

  package init(_ request: ProbeRequest, _ outcome: Outcome, at time: Timestamp) {
    self.request = request
    self.outcome = outcome
    self.time = time
  }

  package var conversation: Conversation? {
    if case .conversed(let conversation) = outcome { conversation } else { nil }
  }
}

package struct Conversation: Hashable, Sendable, Codable {
  package let session: MailSession
  /// nil where the conversation did not come that far.
  package let handshake: TLSHandshake?
  /// nil without a readable certificate.
  package let certificate: CertificateVerdicts?
  /// From the connection to the complete greeting, in milliseconds; nil without one.
  package let greetingDelay: Int?

  package init(
    session: MailSession, handshake: TLSHandshake?, certificate: CertificateVerdicts?, greetingDelay: Int?
  ) {
    self.session = session
    self.handshake = handshake
    self.certificate = certificate
    self.greetingDelay = greetingDelay
  }
}

/// Whoever can connect to mail servers: the network, a saved audit.
package protocol ProbeSource: Sendable {
  /// Always answers; a failure is an outcome, not an error.
  func probe(_ request: ProbeRequest) async -> ServerProbe
}

extension ProbeRequest: Comparable {
  package static func < (left: ProbeRequest, right: ProbeRequest) -> Bool { left.order < right.order }

  private var order: (Name, String, UInt16, String) {
    (serverName ?? .root, address.description, service.port, policy.rawValue + " " + conduct.rawValue)
  }
}
