package import Crypto
package import DNSData
package import Evidence
package import Verdict

/// One port's TLS at each address of a host: one word, then what the handshakes showed, with the chains and the TLSA
/// record that fits.
package struct TLSReport {
  /// The worst of all addresses comes first.
  package enum Word: String, Sendable, Comparable {
    /// The handshake was completed, the chain leads to the CA store, the name matches, the certificate is in date, and
    /// a TLSA record matches where some were given.
    case ok
    /// It could not be learnt.
    case unknown
    /// A TLSA record or the name does not match.
    case mismatch
    /// Out of date: not any more, or not yet.
    case expired
    case untrusted
    /// No STARTTLS.
    case none
    /// The handshake failed.
    case failed
    /// The port is closed.
    case refused

    package static func < (left: Word, right: Word) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .ok: 0
      case .unknown: 1
      case .mismatch: 2
      case .expired: 3
      case .untrusted: 4
      case .none: 5
      case .failed: 6
      case .refused: 7
      }
    }
  }

  /// What was typed.
  package struct Target: Sendable {
    package let host: Host
    package let port: UInt16
    /// nil: TLS from the first octet, and nothing said inside.
    package let service: ProbedService?

    package enum Host: Hashable, Sendable {
      case name(Name)
      case address(IPAddress)
    }

    package init(_ host: Host, port: UInt16, service: ProbedService?) {
      self.host = host
      self.port = port
      self.service = service
    }

    package var name: Name? { if case .name(let name) = host { name } else { nil } }
  }

  /// What one address showed.
  package struct Server: Sendable {
    package let address: IPAddress
    package let trouble: ServerTrouble?
    package let handshake: TLSHandshake?
    /// nil without a readable certificate, or without a CA store.
    package let verdicts: CertificateVerdicts?
    /// With TLS 1.0 and 1.1 alone; nil where that was not learnt.
    package let legacy: TLSHandshake?
    /// nil without records.
    package let tlsa: DANEVerdict?
    /// What came when only TLS could follow, as in `MailSession`.
    package let plaintext: [UInt8]

    package init(
      _ address: IPAddress, trouble: ServerTrouble?, handshake: TLSHandshake?, verdicts: CertificateVerdicts?,
      legacy: TLSHandshake?, tlsa: DANEVerdict?, plaintext: [UInt8] = []
    ) {
      self.address = address
      self.trouble = trouble
      self.handshake = handshake
      self.verdicts = verdicts
      self.legacy = legacy
      self.tlsa = tlsa
      self.plaintext = plaintext
    }
  }

  let target: Target
  let servers: [Server]
  /// Look-ups of the host's addresses that told nothing.
  let failures: [Answer]

  package init(_ target: Target, _ servers: [Server], failures: [Answer]) {
    self.target = target
    self.servers = servers
    self.failures = failures
  }

  /// Without an address there is no server to know anything of.
  package var word: Word {
    let words = servers.map(\.word) + failures.map { _ in .unknown }
    return words.max() ?? .unknown
  }
}

extension TLSReport.Server {
  package var word: TLSReport.Word {
    guard let handshake, case .completed = handshake.result else { return trouble?.word ?? .unknown }
    guard let verdicts else { return .unknown }
    guard verdicts.trust == .trusted else { return .untrusted }
    if verdicts.revocation?.isRevoked == true { return .untrusted }
    guard verdicts.dates == .inDate else { return .expired }
    guard verdicts.names.allSatisfy(\.matches) else { return .mismatch }
    return switch tlsa {
    case nil, .authenticated: .ok
    case .noUsableRecord, .failed: .mismatch
    }
  }

  var parameters: TLSParameters? {
    if case .completed(let parameters) = handshake?.result { parameters } else { nil }
  }

  var chain: [Certificate] { (handshake?.chain ?? []).compactMap { try? Certificate(der: $0.octets) } }

  /// nil where it is not known.
  var legacyVersion: String? {
    switch legacy?.result {
    case .completed(let parameters): "\(parameters.version) accepted"
    // Whoever speaks no TLS at all refuses no version of it.
    case .failed where parameters == nil: nil
    case .failed(.timedOut), .failed(.ownFailure), .failed(.reset), nil: nil
    case .failed: "refused"
    }
  }
}

extension ServerTrouble {
  fileprivate var word: TLSReport.Word {
    switch self {
    case .closed: .refused
    case .noStartTLS: .none
    case .startTLSRefused(let reply): reply.meaning == .temporary ? .unknown : .none
    case .incomplete(.handshakeFailed(let failure)):
      switch failure {
      case .timedOut, .ownFailure: .unknown
      case .alert, .endOfStream, .reset, .notTLS, .versionNotOffered, .protocolError, .limit: .failed
      }
    case .noAnswer, .unreachable, .notTested, .incomplete: .unknown
    }
  }
}

extension TLSReport.Target {
  var hostText: String {
    switch host {
    case .name(let name): name.display
    case .address(let address): address.description
    }
  }

  /// "STARTTLS in smtp".
  var startText: String {
    guard let service else { return "TLS from the first octet" }
    return switch service.security {
    case .implicitTLS: "TLS from the first octet, then \(service.mailProtocol.word)"
    case .startTLS: "STARTTLS in \(service.mailProtocol.word)"
    }
  }

  /// DANE-EE over the key in SHA-256, the form that RFC 7671 §5.1 recommends; nil for an address, which has no owner
  /// name.
  func record(for certificate: Certificate) -> String? {
    guard let name, let owner = try? name.prepending("_\(port)._tcp") else { return nil }
    let data = Encoding.hex(Digest.sha256(certificate.subjectPublicKeyInfo))
    return "\(owner) IN TLSA 3 1 1 \(data)"
  }
}
