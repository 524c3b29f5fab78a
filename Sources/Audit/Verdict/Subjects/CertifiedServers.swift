package import Crypto
import DANE
import DNSData
package import Evidence
import MTASTS

/// A certificate that a mail server showed, compared with the CA store and the host's name: the one that clients of
/// these days get, and, where it was asked for, the one for the other algorithm.
package struct CertifiedServer: Subject {
  package let server: MailServer
  package let certificate: Certificate
  /// What was sent behind it, as far as it can be read.
  package let issuers: [Certificate]
  package let verdicts: CertificateVerdicts
  /// Port 25, and a TLSA record authenticates it: senders that use DANE want nothing else of it (RFC 7672 §3.1).
  package let isPinned: Bool
  /// Port 25, and an MTA-STS policy in mode enforce names the host: what such senders think of it is judged there.
  package let isUnderPolicy: Bool
  /// The server said something about its revocation, whatever that is worth.
  package let hasStaple: Bool
  /// The server shows another one to other clients.
  package let hasTwin: Bool

  package static func observe(_ facts: Facts) -> Observation<CertifiedServer> {
    let servers = facts.observation(of: TLSServer.self)
    let lookUps = facts.observation(of: HostTLSA.self).subjects
    var certified: [CertifiedServer] = []
    var gaps = servers.gaps
    for tls in servers.subjects {
      let lookUp = tls.server.isForMail ? lookUps.first { $0.host == tls.server.host } : nil
      let pins: CertificatePins
      switch lookUp.map({ CertificatePins.find(at: $0, in: facts) }) {
      case .found(let found): pins = found
      case nil: pins = .none
      // Whether the certificate is pinned decides what it has to be.
      case .unknown(let gap):
        gaps.append(gap)
        continue
      }
      let found = tls.conversations.compactMap { CertifiedServer($0, of: tls, pins: pins, facts) }
      if found.isEmpty { gaps.append(tls.server.gap(.notTested(.noTLSHere))) }
      certified += found
    }
    return Observation(certified, gaps: gaps)
  }

  private init?(_ conversation: Conversation, of tls: TLSServer, pins: CertificatePins, _ facts: Facts) {
    guard let handshake = conversation.handshake, let verdicts = conversation.certificate,
      let certificate = handshake.chain.first.flatMap({ try? Certificate(der: $0.octets) })
    else { return nil }
    server = tls.server
    self.certificate = certificate
    self.verdicts = verdicts
    issuers = handshake.chain.dropFirst().compactMap { try? Certificate(der: $0.octets) }
    isUnderPolicy = tls.server.isForMail && facts.isMTASTSEnforced(at: tls.server.host)
    hasStaple = handshake.stapledResponse != nil
    hasTwin = tls.conversations.count > 1
    switch pins.records.verdict(on: handshake.chain, names: pins.names, at: verdicts.time) {
    case .authenticated: isPinned = true
    case .failed, .noUsableRecord, nil: isPinned = false
    }
  }

  /// SRV records lead to the name, and no MX record: where it is not in the certificate, `srv.cert` says so and
  /// `cert.name-mismatch` does not.
  package func isOfServiceTarget(in facts: Facts) -> Bool {
    server.isAnnounced && !server.isForMail && !facts.exchangers.contains(server.host)
  }

  /// Only the settings for mail programs lead there: where the name is not in the certificate, `autoconfig.hostport`
  /// says so.
  package func isOfSettingsAlone(in facts: Facts) -> Bool {
    !server.isForMail && !server.isAnnounced && !facts.exchangers.contains(server.host)
      && !facts.snapshot.request.wanted.doors.contains { $0.host == server.host }
  }

  /// "The certificate of mail.example.com, port 25 at 192.0.2.1".
  package var words: Message {
    guard hasTwin else { return "The certificate of \(server.title)" }
    return switch certificate.key.kind {
    case .rsa, .rsaPSS: "The RSA certificate of \(server.title)"
    case .ec, .ed25519, .ed448, .dsa, .other: "The other certificate of \(server.title)"
    }
  }

  /// Of the certificate at that place on the path, where 0 is the server's own.
  package func words(at depth: Int) -> Message {
    depth == 0 ? words : "An authority's certificate behind that of \(server.title)"
  }

  /// What it is for, the first few.
  package var names: Message {
    let names = certificate.subjectAltName.dnsNames
    guard !names.isEmpty else { return "no name but the subject \(foreign: certificate.subject)" }
    let shown = names.prefix(3).map { Message("\(foreign: $0)") }
    return names.count > 3 ? "\(shown.enumeration) and \(names.count - 3) more" : shown.enumeration
  }

  /// Who signed it is neither sent nor in the store. Where an issuer is sent, but not the one above it, it is rather
  /// an authority of nobody's store, whose root need not be sent.
  package var lacksIssuer: Bool {
    guard case .untrusted(let error) = verdicts.trust else { return false }
    return error.kind == .issuerMissing && error.depth == 0
  }

  package func fault(
    mail: Severity, clients: Severity, _ message: Message, observed: Message? = nil, expected: Message? = nil
  ) -> Fault {
    server.fault(
      severity: server.severity(mail: mail, clients: clients), message, observed: observed, expected: expected
    )
  }
}

/// The TLSA records that a certificate at port 25 is held against.
private struct CertificatePins {
  let records: TLSASet
  let names: [Name]

  static let none = CertificatePins(records: TLSASet([], for: .smtp), names: [])

  enum Search {
    case found(CertificatePins)
    case unknown(Gap)
  }

  /// Records of which it was not tested whether they are signed have the benefit of the doubt.
  static func find(at host: HostTLSA, in facts: Facts) -> Search {
    func pins(_ base: Name, _ answer: Answer) -> Search {
      .found(CertificatePins(records: TLSASet(answer.tlsa, for: .smtp), names: [base, facts.domain]))
    }
    switch facts.tlsa(of: host.host) {
    case .records(let base, let answer): return pins(base, answer)
    case .none, .insecureRecords, .insecureAddresses, .noAddress, .failure: return .found(.none)
    case .unknown(let gap):
      if let failed = [host.mail, host.expanded].compactMap(\.self).first(where: { $0.failure != nil }) {
        return .unknown(Gap(failed))
      }
      guard let door = host.publishing.first(where: { $0.application == .smtp }),
        let answer = door.answers.first(where: { !$0.tlsa.isEmpty })
      else { return .found(.none) }
      return gap.isUnknown ? .unknown(gap) : pins(host.host, answer)
    }
  }
}

/// The certificates of one kind, RSA or another, at all addresses of one of the domain's own hosts, for one port.
package struct HostCertificates: Subject {
  package let certified: [CertifiedServer]

  package static func observe(_ facts: Facts) -> Observation<HostCertificates> {
    let servers = facts.observation(of: CertifiedServer.self)
    // Large services give each machine its own.
    let own = servers.subjects.filter { $0.server.ownership == .own }
    let ports = Dictionary(grouping: own) {
      Port(
        host: $0.server.host, number: $0.server.service.port, isRSA: $0.certificate.key.kind.isRSA)
    }
    let sorted = ports.sorted { $0.key < $1.key }
    return Observation(sorted.map { HostCertificates(certified: $0.value) }, gaps: servers.gaps)
  }

  private struct Port: Hashable, Comparable {
    let host: Name
    let number: UInt16
    let isRSA: Bool

    static func < (left: Port, right: Port) -> Bool {
      (left.host, left.number, left.isRSA ? 0 : 1) < (right.host, right.number, right.isRSA ? 0 : 1)
    }
  }
}

extension CertificateKey.Kind {
  fileprivate var isRSA: Bool {
    switch self {
    case .rsa, .rsaPSS: true
    case .ec, .ed25519, .ed448, .dsa, .other: false
    }
  }
}

extension TLSServer {
  /// Those that showed different certificates.
  var conversations: [Conversation] {
    var seen: Set<ForeignOctets> = []
    return [server.probe.conversation, server.other?.conversation].compactMap(\.self).filter {
      guard case .completed = $0.handshake?.result, let leaf = $0.handshake?.chain.first else { return false }
      return seen.insert(leaf).inserted
    }
  }
}

extension CertificateVerdicts {
  package var satisfyWebPKI: Bool { trust == .trusted && dates == .inDate && matchName }

  /// The certificate is for the host.
  package var matchName: Bool { !names.isEmpty && names.allSatisfy(\.matches) }
}

extension MailServer {
  /// `words`, and whether somebody else runs the host.
  package var title: Message {
    switch ownership {
    case .own: words
    case .thirdParty: "\(words) (which others run)"
    }
  }

  /// What nobody but the provider can change weighs less by one step.
  package func severity(mail: Severity, clients: Severity) -> Severity {
    let severity = isForMail ? mail : clients
    return switch ownership {
    case .own: severity
    case .thirdParty: severity.lowered
    }
  }
}

extension Severity {
  fileprivate var lowered: Severity {
    switch self {
    case .critical: .high
    case .high: .medium
    case .medium: .low
    case .low, .info: .info
    }
  }
}

extension TLSASet {
  /// By RFC 7672 §3.2.2, where `names` are the base domain of the records and the domain whose mail the server takes;
  /// nil where it is not known: for a chain that cannot be read, and for records that need the CA store.
  func verdict(on chain: [ForeignOctets], names: [Name], at time: Timestamp) -> DANEVerdict? {
    let isJudged = self.usable.allSatisfy { $0.usage?.needsPKIX == false }
    guard standing == .authenticates, isJudged else { return nil }
    return try? DANEAuthentication.judge(
      chain, against: self.records.map(\.record), names: names, at: time)
  }
}

extension Facts {
  fileprivate func isMTASTSEnforced(at host: Name) -> Bool {
    guard hasMTASTS(domain) else { return false }
    let policyHost = MTASTSDiscovery.policyHost(for: domain)
    return snapshot.fetches.contains { fetch in
      guard fetch.request.host == policyHost, let response = fetch.response, response.status == 200 else {
        return false
      }
      let policy = MTASTSPolicy(response.body.octets)
      return policy.usability == .ok && policy.mode == .enforce && policy.covers(host)
    }
  }
}
