import DANE
package import DNSData
package import Evidence

/// One MX host, and what senders that use DANE find for it.
package struct MXHostPins: Subject {
  package let host: Name
  package let ownership: Ownership
  package let finding: TLSAFinding

  package static func observe(_ facts: Facts) -> Observation<MXHostPins> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    let hosts = facts.exchangers.map {
      MXHostPins(host: $0, ownership: facts.ownership(of: $0), finding: facts.tlsa(of: $0))
    }
    return Observation(hosts, gaps: hosts.compactMap(\.gap))
  }

  var gap: Gap? { if case .unknown(let gap) = finding { gap } else { nil } }
}

/// The same where the look-up was made at servers: what a zone file says fails for nobody.
package struct MXHostPinLookUp: Subject {
  package let pins: MXHostPins

  package static func observe(_ facts: Facts) -> Observation<MXHostPinLookUp> {
    let all = facts.observation(of: MXHostPins.self)
    let asked = all.subjects.filter { pins in
      guard case .unknown = pins.finding, let name = TLSAName.of(host: pins.host),
        case .zoneFile = facts.snapshot.answer(name, .tlsa)?.responder
      else { return true }
      return false
    }
    // The domain's own gap, without any host.
    let gaps = all.subjects.isEmpty ? all.gaps : asked.compactMap(\.gap)
    return Observation(asked.map(MXHostPinLookUp.init), gaps: gaps)
  }
}

/// The MX records of a domain of whose hosts some have TLSA records that count.
package struct PinnedDomain: Subject {
  package let mx: Answer
  /// nil where the MX records are signed.
  package let insecurity: Insecurity?
  package let hosts: [Name]

  package static func observe(_ facts: Facts) -> Observation<PinnedDomain> {
    let all = facts.observation(of: MXHostPins.self)
    let published = Set(
      facts.observation(of: HostTLSA.self).subjects.filter {
        $0.publishing.contains { $0.application == .smtp }
      }.map(
        \.host))
    let pinned = all.subjects.filter(\.finding.hasPins).map(\.host)
    // Of hosts without records there is nothing to know.
    let gaps = all.subjects.filter { published.contains($0.host) }.compactMap(\.gap)
    guard let mx = facts.mx, mx.failure == nil, !pinned.isEmpty else {
      return Observation([], gaps: all.subjects.isEmpty ? all.gaps : gaps)
    }
    let trust = facts.trust(mx.question)
    if let gap = trust.gap(at: Place(facts.domain, .mx)) { return Observation([], gaps: gaps + [gap]) }
    let insecurity: Insecurity? = if case .insecure(let insecurity) = trust { insecurity } else { nil }
    return Observation([PinnedDomain(mx: mx, insecurity: insecurity, hosts: pinned)], gaps: gaps)
  }
}

/// An MX host that is an alias, and the TLSA records at its two names (RFC 7672 §2.2.2).
package struct AliasedPins: Subject {
  package let host: Name
  package let target: Name
  package let atHost: Answer
  package let atTarget: Answer

  /// The one of the two names that has none; nil if both have some.
  package var lacking: (name: Name, answer: Answer)? {
    switch (atHost.tlsa.isEmpty, atTarget.tlsa.isEmpty) {
    case (true, false): (host, atHost)
    case (false, true): (target, atTarget)
    case (true, true), (false, false): nil
    }
  }

  package static func observe(_ facts: Facts) -> Observation<AliasedPins> {
    let hosts = facts.observation(of: HostTLSA.self)
    var gaps = hosts.gaps
    let aliased = hosts.subjects.compactMap { host -> AliasedPins? in
      guard let target = HostAddresses(host.host, in: facts).aliasTarget, let expanded = host.expanded,
        host.publishing.contains(where: { $0.application == .smtp }),
        host.mail.failure == nil, expanded.failure == nil
      else { return nil }
      switch facts.addressTrust(of: host.host) {
      case .secure, .insecureBehindSecureAlias:
        return AliasedPins(host: host.host, target: target, atHost: host.mail, atTarget: expanded)
      case .unknown(let gap): gaps.append(gap)
      case .insecure, .bogus, .noAddress: break
      }
      return nil
    }
    return Observation(aliased, gaps: gaps)
  }
}

/// The name `_tcp` of a host whose TLSA records stand below it, where it is known what servers say of that name.
package struct PinParent: Subject {
  package enum Denial: Hashable, Sendable {
    /// Validating resolvers refuse what is said of it.
    case bogus(ChainBreak)
    /// The same server says that the name does not exist, and that records stand below.
    case contradicted(Responder)
  }

  package let host: Name
  package let answer: Answer
  /// nil where nothing is wrong.
  package let denial: Denial?

  package static func observe(_ facts: Facts) -> Observation<PinParent> {
    let hosts = facts.observation(of: HostTLSA.self)
    var gaps = hosts.gaps
    let parents = hosts.subjects.compactMap { host -> PinParent? in
      guard let answer = host.parent, !host.publishing.isEmpty else { return nil }
      switch facts.tlsa(of: host.host) {
      case .records, .none, .failure: break
      case .unknown(let gap):
        gaps.append(gap)
        return nil
      case .insecureRecords, .insecureAddresses, .noAddress: return nil
      }
      return PinParent(
        host: host.host, answer: answer, denial: facts.denial(of: answer, above: host.publishing))
    }
    let proven = Set(parents.filter { $0.denial != nil }.map(\.answer.question.name))
    return Observation(parents, gaps: gaps.filter { !proven.contains($0.place.name) })
  }
}

extension Facts {
  fileprivate func denial(of parent: Answer, above doors: [HostTLSA.Door]) -> PinParent.Denial? {
    if case .bogus(let link) = trust(parent.question) { return .bogus(link) }
    // What is signed says that there is something below; the response code denies it.
    if parent.isMissingName, validations[parent.question]?.conclusion == .noData {
      return .contradicted(parent.responder)
    }
    let below = doors.flatMap(\.answers).filter { !$0.tlsa.isEmpty }.map(\.question)
    let liar = snapshot.serverAnswers.first { answer in
      guard answer.question.question == parent.question, answer.question.manner == .usual,
        answer.deniesName
      else { return false }
      return below.contains { snapshot[ServerQuestion(answer.question.server, $0)]?.holdsName == true }
    }
    return liar.map { .contradicted(.server($0.question.server)) }
  }
}
