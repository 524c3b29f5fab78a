package import DNSData
package import Expectation
import PublicSuffix
package import SPF

/// An address of an expected host that mail of the domain leaves from, and the name that it says in HELO.
package struct ExpectedSender: Subject {
  package let host: Name
  package let address: IPAddress
  /// The look-up of the name in HELO, in the family of the address.
  package let answer: Answer
  /// The name in HELO has the address.
  package let isPublished: Bool
  /// It is meant to: then a comparison says that it is missing.
  package let isWanted: Bool
  /// One for each host, where the addresses do not matter.
  package let isFirstOfHost: Bool

  package static func observe(_ facts: Facts) -> Observation<ExpectedSender> {
    guard let site = facts.site, let expected = facts.expected, expected.role.sends else {
      return .notApplicable
    }
    var senders: [ExpectedSender] = []
    var gaps: [Gap] = []
    for host in site.sendingHosts(of: expected) {
      for (index, address) in host.sendingAddresses.enumerated() {
        let type: RecordType = address.family == .v4 ? .a : .aaaa
        guard let answer = facts.snapshot.answer(host.helo, type) else {
          gaps.append(Gap(Place(host.helo, type), .notTested(.limitReached)))
          continue
        }
        guard answer.failure == nil else {
          gaps.append(Gap(answer))
          continue
        }
        senders.append(
          ExpectedSender(
            host: host.name, address: address, answer: answer,
            isPublished: answer.records.contains { $0.address == address },
            isWanted: host.helo != host.name || host.addresses.contains(address), isFirstOfHost: index == 0))
      }
    }
    return Observation(senders, gaps: gaps)
  }
}

/// A domain whose mail goes to the site, or is meant to.
package struct ServedDomain: Subject {
  package enum Disagreement: Hashable, Sendable {
    /// No host that is meant to take its mail is an MX host; the records that mend it.
    case leavesSite(Mend?)
    /// This host takes its mail, and the site does not name the domain.
    case notInSite(Name)
  }

  package let name: Name
  package let mx: Answer
  package let disagreement: Disagreement?

  /// The MX records that are published; nil if there are none.
  package var observed: Message? {
    let hosts = mx.records.compactMap(\.exchanger).map { "\($0.exchange)" as Message }
    return hosts.isEmpty ? nil : hosts.enumeration
  }

  package static func observe(_ facts: Facts) -> Observation<ServedDomain> {
    facts.expected?.role == .srs ? .notApplicable : any(facts)
  }

  fileprivate static func any(_ facts: Facts) -> Observation<ServedDomain> {
    guard let site = facts.site, let mx = facts.mx else { return .notApplicable }
    guard mx.failure == nil else { return Observation([], gaps: [Gap(mx)]) }
    guard let expected = facts.expected else {
      guard let host = facts.exchangers.first(where: { site.host($0) != nil }) else { return .notApplicable }
      return Observation([ServedDomain(name: facts.domain, mx: mx, disagreement: .notInSite(host))])
    }
    guard expected.role.receives else { return .notApplicable }
    let comparison = facts.wantedSets.compactMap(\.comparison).first { $0.leavesSite(facts) }
    return Observation([
      ServedDomain(
        name: facts.domain, mx: mx, disagreement: comparison.map { .leavesSite($0.mend) })
    ])
  }
}

/// The same for the domain of rewritten senders, whose bounces are at stake.
package struct ServedSRSDomain: Subject {
  package let subject: ServedDomain

  package static func observe(_ facts: Facts) -> Observation<ServedSRSDomain> {
    guard facts.expected?.role == .srs else { return .notApplicable }
    let domains = ServedDomain.any(facts)
    return Observation(domains.subjects.map { ServedSRSDomain(subject: $0) }, gaps: domains.gaps)
  }
}

/// The domain under audit, if it is that of rewritten senders.
package struct SRSDomain: Subject {
  package let expected: ExpectedDomain
  package let mx: Answer
  /// The look-up at its own DMARC name.
  package let policies: Answer?
  /// A domain of the site with which it belongs, where no host of the site does.
  package let owner: Name?
  /// Domains that send through the same site and belong to others.
  package let unrelated: [Name]

  package static func observe(_ facts: Facts) -> Observation<SRSDomain> {
    guard let site = facts.site, let expected = facts.expected, expected.role == .srs, let mx = facts.mx
    else {
      return .notApplicable
    }
    func belongs(_ name: Name) -> Bool { SuffixList.shareOrganisation(name, expected.name) }
    let served = site.domains.filter { $0.name != expected.name && $0.role.sends && $0.role != .srs }.map(
      \.name)
    let isOfOperator = site.hosts.contains { belongs($0.name) }
    let policies = (try? expected.name.prepending("_dmarc")).flatMap { facts.snapshot.answer($0, .txt) }
    let domain = SRSDomain(
      expected: expected, mx: mx, policies: policies.flatMap { $0.failure == nil ? $0 : nil },
      owner: isOfOperator ? nil : served.first(where: belongs), unrelated: served.filter { !belongs($0) })
    return Observation(
      [domain], gaps: [policies].compactMap(\.self).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// An address that mail of the domain leaves from, under the rewritten sender of forwarded mail.
package struct RewrittenSender: Subject {
  package let address: IPAddress
  package let result: SPFResult
  /// The look-up of the SPF record of the domain of rewritten senders.
  package let answer: Answer

  package static func observe(_ facts: Facts) -> Observation<RewrittenSender> {
    // In the audit of that domain itself spf.own-host-not-pass says it.
    let rewriting = (facts.site?.domains ?? []).filter { $0.role == .srs && $0.name != facts.domain }.map(
      \.name)
    var senders: [RewrittenSender] = []
    var gaps: [Gap] = []
    for sender in SenderVerdict.all(in: facts) where rewriting.contains(sender.identity) {
      guard let answer = facts.snapshot.answer(sender.identity, .txt) else { continue }
      if let result = sender.result {
        senders.append(RewrittenSender(address: sender.address, result: result, answer: answer))
      } else {
        gaps.append(
          answer.failure == nil ? Gap(Place(sender.identity, .txt), .notTested(.limitReached)) : Gap(answer))
      }
    }
    return Observation(senders, gaps: gaps)
  }
}

/// A waiver that counts no more, of the domain or of a host that it uses.
package struct EndedWaiver: Subject {
  package let waiver: Waiver

  package static func observe(_ facts: Facts) -> Observation<EndedWaiver> {
    let names = [facts.domain] + facts.expectedHosts.map(\.name)
    let waivers = (facts.site?.waivers ?? []).filter { waiver in
      guard let name = waiver.name else { return true }
      return names.contains { name.isAtOrBelow($0) || $0.isAtOrBelow(name) }
    }
    return Observation(
      waivers.filter { $0.hasEnded(at: facts.snapshot.started) }.map { EndedWaiver(waiver: $0) })
  }
}

// MARK: - Comparisons that have a name of their own

extension RecordComparison {
  /// Not one host that is meant to take mail is among the MX hosts, nor another of the site.
  package func leavesSite(_ facts: Facts) -> Bool {
    guard wanted.kind == .mx, facts.expected?.role.receives == true,
      standing == .missing || standing == .wrong
    else { return false }
    let meant = wanted.records.compactMap(\.exchanger).map(\.exchange)
    return !published.compactMap(\.exchanger).contains {
      meant.contains($0.exchange) || facts.site?.host($0.exchange) != nil
    }
  }

  /// The TLSA record of the key in use is there, and that of the next one is not.
  package func lacksNextKeyAlone(_ facts: Facts) -> Bool {
    guard case .tlsa(let name, _) = wanted.kind, let host = facts.site?.host(name), standing == .wrong else {
      return false
    }
    let next = host.pins.filter { $0.stage == .next }.map(\.record)
    return lacking.allSatisfy { record in
      if case .tlsa(let tlsa) = record.data { next.contains(tlsa) } else { false }
    }
  }

  /// A record without the host of its policy does harm: both come at once.
  package func mendWithPolicyHost(_ facts: Facts) -> Mend? {
    let host = facts.wantedSets.compactMap(\.comparison).first { $0.wanted.kind == .policyHost }?.mend
    guard wanted.kind == .mtasts, let mend, let host else { return mend }
    return Mend(publish: mend.records + host.records, remove: mend.removals + host.removals, note: mend.note)
  }
}
