import DNSData
import Evidence

// Mail servers for the examples of rules: healthy ones, and what an example changes about them.

extension ServerProbe {
  /// A conversation with mail.example.com, 192.0.2.1, as an audit would have had it. `session` makes it sick; nil for
  /// `tls` is one that ended before a handshake.
  static func example(
    _ service: ProbedService = .smtp, host: String = "mail.example.com", at address: String = "192.0.2.1",
    policy: TLSPolicy = .modern, conduct: ProbeConduct = .usual, tls: ExampleHandshake? = ExampleHandshake(),
    greetingDelay: Int = 20,
    session change: (inout MailSession) -> Void = { _ in }
  ) -> ServerProbe? {
    guard
      let request = ProbeRequest(
        example: service, host: host, at: address, policy: policy, conduct: conduct)
    else {
      return nil
    }
    var session = MailSession.example(service)
    if conduct == .trial { session.endTrial() }
    change(&session)
    return ServerProbe(
      request,
      .conversed(
        Conversation(
          session: session, handshake: tls?.evidence(for: request), certificate: tls?.verdicts(for: request),
          greetingDelay: greetingDelay)), at: ExampleHandshake.time)
  }

  /// No conversation.
  static func example(
    _ outcome: Outcome, _ service: ProbedService = .smtp, host: String = "mail.example.com",
    at address: String = "192.0.2.1", policy: TLSPolicy = .modern
  ) -> ServerProbe? {
    ProbeRequest(example: service, host: host, at: address, policy: policy).map {
      ServerProbe($0, outcome, at: ExampleHandshake.time)
    }
  }
}

extension ProbeRequest {
  fileprivate init?(
    example service: ProbedService, host: String, at address: String, policy: TLSPolicy,
    conduct: ProbeConduct = .usual
  ) {
    guard let name = try? Name(host), let address = IPAddress(address) else { return nil }
    self.init(address, service, serverName: name, policy: policy, conduct: conduct)
  }
}

extension MailSession {
  /// A healthy one: everything was asked and answered, inside TLS in the end.
  fileprivate static func example(_ service: ProbedService) -> MailSession {
    var session = MailSession(
      service.mailProtocol, port: service.port, security: service.security,
      introducedAs: service.mailProtocol == .smtp ? "[192.0.2.250]" : nil)
    session.greeting = .example(service.mailProtocol)
    session.inTLS = .example(service.mailProtocol, [])
    session.stage = .quit
    session.ending = .completed
    guard service.security == .startTLS else { return session }
    session.inPlaintext = .example(
      service.mailProtocol, [service.mailProtocol == .pop3 ? "STLS" : "STARTTLS"])
    session.startTLS = .accepted
    return session
  }

  /// As a healthy server takes it.
  fileprivate mutating func endTrial() {
    var trial = MailTrial()
    if mailProtocol == .smtp { trial.nullSender = .example(250, "2.1.0 Ok") }
    self.trial = trial
    inTLS = .unseen
  }
}

extension MailReply {
  static func example(_ mailProtocol: MailProtocol) -> MailReply {
    switch mailProtocol {
    case .smtp: .example(220, "mail.example.com ESMTP")
    case .imap, .pop3, .manageSieve: .example(.ok, "ready")
    }
  }

  static func example(_ code: UInt16, _ text: String) -> MailReply {
    MailReply(.code(code, enhanced: EnhancedStatus(startOf: Array(text.utf8))), text: [Array(text.utf8)])
  }

  static func example(_ word: Word, _ text: String, code: String? = nil) -> MailReply {
    MailReply(.word(word, responseCode: code.map { Array($0.utf8) }), text: [Array(text.utf8)])
  }
}

extension MailCapabilityListing {
  /// What every healthy server of the protocol lists, and `more`, a line each.
  static func example(_ mailProtocol: MailProtocol, _ more: [String]) -> MailCapabilityListing {
    let usual =
      switch mailProtocol {
      case .smtp: ["PIPELINING", "SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES"]
      case .imap: ["IMAP4rev1", "LOGINDISABLED"]
      case .pop3: ["UIDL", "TOP"]
      case .manageSieve: ["IMPLEMENTATION", "SIEVE"]
      }
    return .only(mailProtocol, usual + more)
  }

  static func only(_ mailProtocol: MailProtocol, _ lines: [String]) -> MailCapabilityListing {
    .listed(
      MailCapabilities(
        mailProtocol,
        reply: mailProtocol == .smtp ? .example(250, "mail.example.com") : .example(.ok, "done"),
        items: lines.compactMap { MailCapability(line: Array($0.utf8)) }))
  }
}

/// A TLS handshake of an example; what is not said is healthy.
struct ExampleHandshake {
  /// Three weeks into the life of the example certificates.
  static let time = Timestamp(seconds: 1_795_233_906)

  var version = TLSVersion.tls13
  var suite = CipherSuite(code: 0x1301, name: "TLS_AES_128_GCM_SHA256")
  var group: String? = "x25519"
  var ephemeralBits: Int? = 253
  var certificate = ExampleCertificate.ecdsa
  /// Sent behind it.
  var issuers: [ExampleCertificate] = []
  var trust = TrustVerdict.trusted
  var dates = DateVerdict.inDate
  var nameMatches = true
  var failure: TLSFailure?
  var protections: TLSProtections?
  var peerSignature: String?
  var stapledResponse: ForeignOctets?
  var revocation: RevocationVerdict?
  var time = ExampleHandshake.time

  func evidence(for request: ProbeRequest) -> TLSHandshake {
    let parameters = TLSParameters(
      version: version, cipherSuite: suite, group: group, ephemeralBits: ephemeralBits,
      peerSignature: peerSignature
        ?? ([.rsa, .weak].contains(certificate) ? "RSA-PSS+SHA256" : "ECDSA+SHA256"),
      applicationProtocol: nil, protections: protections)
    return TLSHandshake(
      policy: request.policy, serverName: request.serverName, applicationProtocols: [],
      result: failure.map(TLSHandshake.Result.failed) ?? .completed(parameters),
      chain: failure == nil ? chain : [], stapledResponse: stapledResponse)
  }

  func verdicts(for request: ProbeRequest) -> CertificateVerdicts? {
    guard failure == nil, let name = request.serverName else { return nil }
    return CertificateVerdicts(
      trust: trust, dates: dates, names: [NameVerdict(asked: .name(name), matches: nameMatches)],
      revocation: revocation, time: time, store: TrustStoreIdentity(digest: "example", certificates: 1))
  }

  private var chain: [ForeignOctets] {
    ([certificate] + issuers).compactMap(\.octets)
  }
}

/// One host of the domain's own, at 192.0.2.1.
let exampleHost = """
  @ MX 10 mail
  mail A 192.0.2.1
  """

/// The same with a TLSA record for port 25.
let examplePinnedHost = """
  \(exampleHost)
  _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
  """

/// The domain at somebody else's.
let exampleProvider = """
  @ MX 10 mx.example.net.
  mx.example.net. A 192.0.2.1
  """

extension TLSProtections {
  static let complete = TLSProtections(extendedMasterSecret: true, secureRenegotiation: true)
  static let withoutEMS = TLSProtections(extendedMasterSecret: false, secureRenegotiation: true)
  static let withoutRenegotiation = TLSProtections(extendedMasterSecret: true, secureRenegotiation: false)
}

extension ServerProbe {
  /// The version that was agreed on without what `isLacking` wants; nil for TLS 1.3, which needs none of it.
  func version(where isLacking: (TLSProtections) -> Bool) -> TLSVersion? {
    guard case .completed(let parameters) = conversation?.handshake?.result,
      let protections = parameters.protections, isLacking(protections)
    else { return nil }
    return parameters.version
  }
}
