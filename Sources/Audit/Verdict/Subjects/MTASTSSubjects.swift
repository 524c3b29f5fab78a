package import DNSData
package import MTASTS
import PublicSuffix

/// What stands at `_mta-sts` (RFC 8461 §3.1) and is meant as an MTA-STS record. Not of a domain with null MX, whose
/// policy nobody asks for.
package struct PublishedMTASTS: Subject {
  package let answer: Answer
  /// Those that begin with the version; without any, those that miss it by little.
  package let records: [MTASTSRecord]
  /// A name beside it that nobody has published says the same.
  package let isWildcard: Bool

  package var usable: [MTASTSRecord] { records.filter { $0.usability == .ok } }

  package static func observe(_ facts: Facts) -> Observation<PublishedMTASTS> {
    guard let answer = facts.mtastsAnswer, !facts.takesNoMail else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let records = facts.mtastsRecords
    guard !records.isEmpty else { return .notApplicable }
    return Observation([
      PublishedMTASTS(answer: answer, records: records, isWildcard: facts.isWildcard(answer))
    ])
  }

  /// The text, replaced by one that says when the policy changed. None of a wildcard's, which stands elsewhere.
  package func mend(of record: MTASTSRecord, to publication: MTASTSPublication) -> Mend? {
    isWildcard ? nil : answer.mend(replacing: [record.octets], by: publication.description)
  }
}

/// The host that serves the policy (RFC 8461 §3.3), of a domain that publishes a record or means to.
package struct MTASTSPolicyHost: Subject {
  package let published: PublishedMTASTS
  package let addresses: HostAddresses
  /// It has no address, which is known.
  package let isMissing: Bool
  /// What an alias at this name leads to that is missing; nil if the alias is that of a wildcard.
  package let target: Name?

  package static func observe(_ facts: Facts) -> Observation<MTASTSPolicyHost> {
    let published = facts.observation(of: PublishedMTASTS.self)
    guard let record = published.subjects.first, let name = MTASTSDiscovery.policyHost(for: facts.domain)
    else { return Observation([], gaps: published.gaps) }
    let addresses = HostAddresses(name, in: facts)
    guard addresses.isNoSuchName || addresses.isProvenEmpty else {
      let host = MTASTSPolicyHost(published: record, addresses: addresses, isMissing: false, target: nil)
      return Observation([host], gaps: addresses.gaps)
    }
    var target: Name?
    if let witness = addresses.witness, let name = witness.aliasTargets.last {
      let wildcard = facts.wildcard(.txt)
      // It says which of two rules has something to report.
      if let wildcard, wildcard.failure != nil { return Observation([], gaps: [Gap(wildcard)]) }
      target = witness.isAlias(of: wildcard) ? nil : name
    }
    return Observation([
      MTASTSPolicyHost(published: record, addresses: addresses, isMissing: true, target: target)
    ])
  }
}

/// An alias at `_mta-sts` or at the policy host that is not a wildcard's. The second is looked at only if it is
/// missing.
package struct MTASTSName: Subject {
  package let answer: Answer
  package let target: Name
  package let isDangling: Bool
  /// What ought to be there.
  package let missing: String
  package let wanted: String

  package static func observe(_ facts: Facts) -> Observation<MTASTSName> {
    guard let answer = facts.mtastsAnswer, !facts.takesNoMail else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let host = facts.observation(of: MTASTSPolicyHost.self)
    let hosts = host.subjects.compactMap { host -> MTASTSName? in
      guard let answer = host.addresses.witness, let target = host.target else { return nil }
      return MTASTSName(
        answer: answer, target: target, isDangling: true, missing: "address", wanted: "an address")
    }
    guard let target = answer.aliasTargets.last, !facts.isWildcard(answer) else {
      return Observation(hosts, gaps: host.gaps)
    }
    guard facts.mtastsAliasGaps.isEmpty else {
      return Observation(hosts, gaps: host.gaps + facts.mtastsAliasGaps)
    }
    let name = MTASTSName(
      answer: answer, target: target, isDangling: facts.mtastsRecords.isEmpty, missing: "MTA-STS record",
      wanted: "a record `v=STSv1; id=…;`")
    return Observation([name] + hosts, gaps: host.gaps)
  }
}

/// A record on a domain that takes no mail (RFC 7505 §3).
package struct NullMXMTASTS: Subject {
  package let answer: Answer
  package let records: [MTASTSRecord]
  package let isWildcard: Bool

  package static func observe(_ facts: Facts) -> Observation<NullMXMTASTS> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    guard facts.takesNoMail, let answer = facts.mtastsAnswer else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    return Observation([
      NullMXMTASTS(answer: answer, records: facts.mtastsRecords, isWildcard: facts.isWildcard(answer))
    ])
  }
}

/// Whether senders can know that the MX hosts of the domain are to be reached by TLS: by MTA-STS, or by DANE at one
/// host at least, whoever runs it.
package struct TransportSecurity: Subject {
  /// The look-up at `_mta-sts`.
  package let answer: Answer
  package let isAnnounced: Bool

  package static func observe(_ facts: Facts) -> Observation<TransportSecurity> {
    let hosts = facts.observation(of: MXSet.self)
    guard !hosts.subjects.isEmpty, let answer = facts.mtastsAnswer else {
      return Observation([], gaps: hosts.gaps)
    }
    let pins = TLSAPublication.atPort25(facts)
    let hasPins = pins.subjects.contains { $0.set.standing == .authenticates }
    if !hasPins, !facts.mtastsAliasGaps.isEmpty { return Observation([], gaps: facts.mtastsAliasGaps) }
    guard !facts.isMTASTSMeant, !hasPins else {
      return Observation([TransportSecurity(answer: answer, isAnnounced: true)])
    }
    let gaps = (answer.failure == nil ? [] : [Gap(answer)]) + pins.gaps
    return Observation(
      gaps.isEmpty ? [TransportSecurity(answer: answer, isAnnounced: false)] : [], gaps: gaps)
  }
}

/// A domain with MX hosts below the registrable domain, which may have a policy: that is not inherited (RFC 8461 §3.4).
package struct MailSubdomain: Subject {
  /// The look-up at its own `_mta-sts`.
  package let answer: Answer
  package let organization: Name
  /// It has nothing of its own, and the registrable domain has a record.
  package let believesInInheritance: Bool

  package static func observe(_ facts: Facts) -> Observation<MailSubdomain> {
    let hosts = facts.observation(of: MXSet.self)
    guard !hosts.subjects.isEmpty, let answer = facts.mtastsAnswer,
      let organization = SuffixList.registrableDomain(of: facts.domain), organization != facts.domain
    else { return Observation([], gaps: hosts.gaps) }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    guard facts.mtastsAliasGaps.isEmpty else { return Observation([], gaps: facts.mtastsAliasGaps) }
    guard !facts.isMTASTSMeant else {
      return Observation([
        MailSubdomain(answer: answer, organization: organization, believesInInheritance: false)
      ])
    }
    guard let above = MTASTSDiscovery.question(for: organization).flatMap({ facts.snapshot[$0] }) else {
      return .notApplicable
    }
    guard above.failure == nil else { return Observation([], gaps: [Gap(above)]) }
    return Observation([
      MailSubdomain(
        answer: answer, organization: organization,
        believesInInheritance: facts.hasMTASTS(organization))
    ])
  }
}

extension Facts {
  /// The look-up at `_mta-sts`.
  var mtastsAnswer: Answer? { MTASTSDiscovery.question(for: domain).flatMap { snapshot[$0] } }

  /// What is meant as an MTA-STS record; texts that miss being one beside one that is do no harm.
  var mtastsRecords: [MTASTSRecord] {
    let texts = mtasts?.texts ?? []
    let records = texts.filter { $0.standing == .exact }
    return records.isEmpty ? texts.filter { $0.standing != .unrelated } : records
  }

  /// A record stands at `_mta-sts`, or a text that misses being one, or an alias of its own.
  var isMTASTSMeant: Bool {
    guard let answer = mtastsAnswer else { return false }
    return !mtastsRecords.isEmpty || (!answer.aliases.isEmpty && !isWildcard(answer))
  }

  /// Why it is not known whether an alias at `_mta-sts` that leads to no record is that of a wildcard.
  fileprivate var mtastsAliasGaps: [Gap] {
    guard mtastsRecords.isEmpty, mtastsAnswer?.aliases.isEmpty == false, let wildcard = wildcard(.txt),
      wildcard.failure != nil
    else { return [] }
    return [Gap(wildcard)]
  }

  /// A record that counts stands at the `_mta-sts` of another domain.
  package func hasMTASTS(_ domain: Name) -> Bool {
    let discovery = MTASTSDiscovery.evaluate(domain: domain) { snapshot[$0] }.value
    guard case .record(let record) = discovery?.finding else { return false }
    return record.usability == .ok
  }

  /// The domain has null MX and nothing beside it.
  var takesNoMail: Bool {
    let exchangers = (mx?.records ?? []).compactMap(\.exchanger)
    return !exchangers.isEmpty && exchangers.allSatisfy(\.isNull)
  }
}

extension Answer {
  /// The TXT records with these texts are replaced by one.
  func mend(replacing texts: [[UInt8]], by text: String) -> Mend {
    let old = records.filter {
      if case .txt(let text) = $0.data { texts.contains(text.joined) } else { false }
    }
    let new = Record(
      old.first?.name ?? question.name, ttl: old.first?.ttl ?? ZoneFile.defaultTTL,
      .txt(TXT(joined: Array(text.utf8))))
    let stands = old.contains { $0.data == new.data }
    return Mend(publish: stands ? [] : [new], remove: old.filter { $0.data != new.data })
  }
}
