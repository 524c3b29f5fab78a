package import Crypto
import DANE
import DNSData
package import Evidence

/// TLSA records of a port that clients heed, and what the servers behind them show at each address (RFC 7671, RFC 7672).
package struct PinnedServer: Subject {
  package let publication: TLSAPublication
  /// Where TLS was spoken.
  package let addresses: [PinnedAddress]
  /// Where TLS cannot be had, which is known.
  package let unencrypted: [MailServer]

  package static func observe(_ facts: Facts) -> Observation<PinnedServer> {
    let publications = facts.observation(of: TLSAPublication.self)
    guard !publications.subjects.isEmpty else {
      // Where nobody was called, that alone is why nothing is known.
      let isUncalled = publications.gaps.contains { !$0.isUnknown } && !facts.probingGaps.isEmpty
      return Observation([], gaps: isUncalled ? facts.probingGaps : publications.gaps)
    }
    let conversations = facts.observation(of: MailConversation.self)
    let doors = Set(publications.subjects.map { Door(host: $0.host, port: $0.port) })
    let hosts = Set(publications.subjects.map(\.host))
    var gaps = publications.gaps
    gaps += conversations.gaps.filter { gap in
      guard let port = gap.place.port else {
        return facts.probingGaps.contains(gap) || hosts.contains(gap.place.name)
      }
      return doors.contains(Door(host: gap.place.name, port: port))
    }
    let servers = publications.subjects.map { publication in
      let own = conversations.subjects.filter {
        $0.server.host == publication.host && $0.server.service.port == publication.port
      }
      let tls = own.compactMap(TLSServer.init)
      let reached = Set(tls.map(\.server.place))
      let unreached = own.filter { !reached.contains($0.server.place) }
      gaps += unreached.filter { !$0.session.startTLS.isProvenAbsent }.compactMap(\.gap)
      return PinnedServer(
        publication: publication, addresses: tls.map { PinnedAddress($0, publication, facts) },
        unencrypted: unreached.filter(\.session.startTLS.isProvenAbsent).map(\.server))
    }
    return Observation(servers, gaps: gaps)
  }

  /// Those with certificates that could be compared with the records.
  package var judged: [PinnedAddress] { addresses.filter { !$0.chains.isEmpty } }

  /// Where no address shows what a record matches: the first certificate of each, and why it does not.
  package var failures: [(address: PinnedAddress, chain: PinnedChain, reason: PinnedChain.Refusal)] {
    guard judged.allSatisfy(\.matched.isEmpty) else { return [] }
    return judged.compactMap { address in
      guard let chain = address.chains.first, let reason = chain.refusal(by: publication.set) else {
        return nil
      }
      return (address, chain, reason)
    }
  }

  /// Hardly any mail program looks for the records of client ports yet, and those of a provider are for it to mend.
  package func fault(
    at server: MailServer, _ message: Message, observed: Message? = nil, expected: Message? = nil
  ) -> Fault {
    let isOwn = server.isForMail && server.ownership == .own
    return server.fault(severity: isOwn ? nil : .low, message, observed: observed, expected: expected)
  }

  private struct Door: Hashable {
    let host: Name
    let port: UInt16
  }

  package var words: Message { "The TLSA records of \(publication.host) for this port" }
}

package struct PinnedAddress: Hashable, Sendable {
  package let server: MailServer
  /// One for each certificate that was seen.
  package let chains: [PinnedChain]

  package var matched: [PinnedChain] { chains.filter(\.isMatched) }
  package var unmatched: [PinnedChain] { chains.filter { !$0.isMatched } }

  fileprivate init(_ tls: TLSServer, _ publication: TLSAPublication, _ facts: Facts) {
    server = tls.server
    chains = tls.conversations.compactMap { conversation in
      let time = conversation.certificate?.time ?? tls.server.probe.time
      guard let sent = conversation.handshake?.chain,
        let verdict = publication.set.verdict(on: sent, names: [publication.base, facts.domain], at: time)
      else { return nil }
      return PinnedChain(
        certificates: sent.compactMap { try? Certificate(der: $0.octets) }, verdict: verdict,
        isTrusted: conversation.certificate?.trust == .trusted)
    }
  }
}

package struct PinnedChain: Hashable, Sendable {
  /// As they were sent; that of the server first.
  package let certificates: [Certificate]
  package let verdict: DANEVerdict
  /// By the CA store, which has no part in DANE.
  package let isTrusted: Bool

  package enum Refusal: Hashable, Sendable {
    /// Nothing that was sent is what a record says.
    case noMatch
    /// The records are digests of authorities, and the chain stops short of its root: what they were made from may be
    /// missing.
    case anchorNotSent
    /// An authority matches, and the server's certificate is for another name, out of its dates, or otherwise bad.
    case name, dates, path(PathError)
  }

  package var isMatched: Bool {
    switch verdict {
    case .authenticated: true
    case .failed, .noUsableRecord: false
    }
  }

  /// The authority that a record matches.
  package var anchor: Certificate? {
    guard case .authenticated(let match) = verdict, match.record.usage == TLSAUsage.daneTA.rawValue,
      certificates.indices.contains(match.depth)
    else { return nil }
    return certificates[match.depth]
  }

  func refusal(by pins: TLSASet) -> Refusal? {
    guard case .failed(let error, let match) = verdict else { return nil }
    guard match != nil else {
      // RFC 7671 §5.2.2.
      let areDigestsOfAuthorities = pins.usable.allSatisfy { $0.usage == .daneTA && $0.matchingType != .full }
      let isCutShort = certificates.last?.isSelfSigned == false
      return areDigestsOfAuthorities && isCutShort ? .anchorNotSent : .noMatch
    }
    return switch error.kind {
    case .name: .name
    case .date: .dates
    case .selfSigned, .unknownRoot, .issuerMissing, .purpose, .signature, .noTLSAMatch, .other: .path(error)
    }
  }

  /// "3 1 1 9256…": the record that the server's certificate would have.
  package var record: Message? {
    certificates.first.map { "3 1 1 \(own: Encoding.hex(Digest.sha256($0.subjectPublicKeyInfo)))" }
  }

  /// What the server's certificate is for, the first few.
  package var names: Message {
    let names = certificates.first?.subjectAltName.dnsNames ?? []
    return names.isEmpty ? "none" : names.prefix(3).map { Message("\(foreign: $0)") }.enumeration
  }

  /// "its ECDSA certificate".
  package var words: Message {
    switch certificates.first?.key.kind {
    case .rsa, .rsaPSS: "its RSA certificate"
    case .ec: "its ECDSA certificate"
    case .ed25519, .ed448, .dsa, .other, nil: "its other certificate"
    }
  }
}
