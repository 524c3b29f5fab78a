package import CAA
import Crypto
package import DNSData
import Evidence
import MTASTS

/// A certificate in use that a well-known authority issued for a host of the domain's own, and what the CAA records
/// say to the same authority when it is asked for the next one. Each host and authority once.
package struct IssuedCertificate: Subject {
  package enum Use: Hashable, Sendable {
    /// A mail server.
    case mail
    /// The host of the MTA-STS policy.
    case policy
  }

  package let use: Use
  package let host: Name
  package let authority: CAACertificationAuthority
  /// As the certificate names its issuer.
  package let organization: String
  /// Where the certificate was seen: "mail.example.com, port 993 at 192.0.2.1".
  package let seenAt: Message
  /// nil where no CAA record counts for the name.
  package let answer: Answer?
  package let permission: CAAPermission
  /// For `*.` in front of the name above.
  package let isWildcard: Bool
  package let records: CAARecordSet?

  package static func observe(_ facts: Facts) -> Observation<IssuedCertificate> {
    let shown = facts.shownCertificates
    var issued: [IssuedCertificate] = []
    var gaps = shown.gaps
    for seen in shown.subjects {
      guard let organization = seen.certificate.issuerOrganization,
        let authority = CAACertificationAuthority(organization: organization)
      else { continue }
      for isWildcard in seen.certificate.waysToHold(seen.host) {
        let name = isWildcard ? seen.host.parent ?? seen.host : seen.host
        let isKnown = issued.contains {
          ($0.host, $0.isWildcard, $0.authority) == (seen.host, isWildcard, authority) && $0.use == seen.use
        }
        guard !isKnown else { continue }
        switch facts.caaSearch(for: name) {
        case .unknown(let gap): if !gaps.contains(gap) { gaps.append(gap) }
        case .noRecord:
          issued.append(IssuedCertificate(seen, authority, organization, isWildcard: isWildcard, nil))
        case .found(let found):
          issued.append(IssuedCertificate(seen, authority, organization, isWildcard: isWildcard, found))
        }
      }
    }
    return Observation(issued, gaps: gaps)
  }

  private init(
    _ seen: ShownCertificate, _ authority: CAACertificationAuthority, _ organization: String,
    isWildcard: Bool,
    _ published: PublishedCAA?
  ) {
    use = seen.use
    host = seen.host
    seenAt = seen.seenAt
    self.authority = authority
    self.organization = organization
    self.isWildcard = isWildcard
    answer = published?.answer
    records = published?.records
    permission =
      published.map { authority.permission(under: $0.records, to: isWildcard ? .wildcard : .host) }
      ?? .unrestricted
  }

  /// Others are named, or nobody. Properties that forbid by a fault of theirs are `caa.syntax`.
  package var isBlocked: Bool {
    guard case .forbidden(let refusal) = permission, let records else { return false }
    switch refusal {
    case .otherAuthorities: return true
    case .nobody: return !records.properties.contains { $0.faults.contains { $0.kind.forbidsIssuance } }
    case .criticalTagUnknown, .conditionsUnsatisfiable: return false
    }
  }

  /// The answer with the records is at fault, which others of this kind may share.
  package var blockedFault: Fault? {
    guard isBlocked, let answer, let domain = authority.domains.first else { return nil }
    let usesWildcardProperty = isWildcard && records?.properties(.issueWild).isEmpty == false
    let tag = usesWildcardProperty ? CAATag.issueWild : .issue
    let record = Record(
      answer.records.first?.name ?? answer.question.name, ttl: answer.records.first?.ttl ?? 3600,
      .caa(CAA(flags: 0, tag: Array(tag.rawValue.utf8), value: Array("\(domain.display)".utf8))))
    return Fault(
      in: answer,
      "The certificate of \(host) is from \(foreign: organization), which these records do not let issue another.",
      observed: "seen at \(seenAt)",
      expected: "`\(own: tag.rawValue)` with \(own: domain.display)",
      mend: Mend(
        publish: [record],
        note: "If the next certificate is to come from another authority, leave the records as they are."))
  }
}

private struct ShownCertificate {
  let use: IssuedCertificate.Use
  let host: Name
  let certificate: Certificate
  let seenAt: Message
}

extension Facts {
  /// Those of own hosts whose CAA records were looked up, as far as the CA store trusts them: private authorities
  /// heed nothing.
  fileprivate var shownCertificates: (subjects: [ShownCertificate], gaps: [Gap]) {
    let servers = observation(of: CertifiedServer.self)
    let names = certifiedNames
    var shown = servers.subjects.filter {
      $0.server.ownership == .own && names.contains($0.server.host) && $0.verdicts.trust == .trusted
    }.map {
      ShownCertificate(
        use: .mail, host: $0.server.host, certificate: $0.certificate, seenAt: $0.server.words)
    }
    let policy = observation(of: PolicyFetch.self)
    shown += policy.subjects.compactMap { policy in
      let fetch = policy.document.fetch
      guard let octets = fetch.certificate?.octets, let certificate = try? Certificate(der: octets) else {
        return nil
      }
      return ShownCertificate(
        use: .policy, host: fetch.request.host, certificate: certificate,
        seenAt: "\(fetch.request.host), port \(Int(fetch.request.port))")
    }
    return (shown, servers.gaps + policy.gaps)
  }
}

extension Certificate {
  /// By the name itself (false), by `*.` in front of the name above (true), or both.
  fileprivate func waysToHold(_ host: Name) -> [Bool] {
    let names = subjectAltName.dnsNames.compactMap { try? Name(String(decoding: $0, as: UTF8.self)) }
    let isHeld = names.contains(host)
    let isCovered = names.contains { $0.isWildcard && $0.parent == host.parent }
    return (isHeld ? [false] : []) + (isCovered ? [true] : [])
  }
}
