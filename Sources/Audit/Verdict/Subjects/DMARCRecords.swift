package import DMARC
package import DNSData

/// A DMARC record that the operator can change: that of the domain, or those above it if it has none.
package struct PublishedDMARC: Subject {
  package let stop: DMARCPublication.Stop
  package let record: DMARCRecord

  package static func observe(_ facts: Facts) -> Observation<PublishedDMARC> {
    let publication = facts.observation(of: DMARCPublication.self)
    return Observation(
      publication.subjects.flatMap(\.ownStops).compactMap { PublishedDMARC($0) },
      gaps: publication.gaps.filter { $0.place.type == .txt })
  }

  init?(_ stop: DMARCPublication.Stop) {
    guard let record = stop.record else { return nil }
    self.stop = stop
    self.record = record
  }

  /// The record with `change` made to it, where nothing else in it is in doubt.
  package func mend(_ change: (inout DMARCSettings) -> Void) -> Mend? {
    guard var settings = record.undoubted else { return nil }
    change(&settings)
    return stop.mend(of: record, to: settings)
  }

  package func fault(
    severity: Severity? = nil, _ message: Message, expected: Message? = nil, mend: Mend? = nil
  ) -> Fault {
    Fault(
      in: stop.answer, severity: severity, message, observed: "\(foreign: record.octets)", expected: expected,
      mend: mend)
  }
}

/// The own record that decides about mail of this domain.
package struct AppliedDMARC: Subject {
  package let published: PublishedDMARC
  /// What it asks for; nil where its faults make receivers ask for nothing.
  package let preference: DMARCPreference?

  package static func observe(_ facts: Facts) -> Observation<AppliedDMARC> {
    let gaps = facts.observation(of: DMARCPublication.self).gaps
    guard case .found(let found) = facts.dmarc?.policy,
      let published = facts.observation(of: PublishedDMARC.self).subjects.first(where: {
        $0.stop.step.target == found.location
      })
    else { return Observation([], gaps: gaps) }
    let isSound = published.record.treatment == .asPublished
    return Observation(
      [AppliedDMARC(published: published, preference: isSound ? found.preference(.exists) : nil)],
      gaps: gaps)
  }
}

/// The own record of the organisational domain, the only one whose `sp` and `np` count.
package struct OrganizationalDMARC: Subject {
  package let published: PublishedDMARC
  package var settings: DMARCSettings { published.record.settings }

  package static func observe(_ facts: Facts) -> Observation<OrganizationalDMARC> {
    let records = facts.observation(of: PublishedDMARC.self)
    guard let organization = facts.organization else {
      return Observation([], gaps: records.gaps + facts.dmarcGaps)
    }
    return Observation(
      records.subjects.filter { $0.stop.step.target == organization && $0.record.treatment == .asPublished }
        .map { OrganizationalDMARC(published: $0) },
      gaps: records.gaps)
  }
}

/// An own record of a domain below the organisational one.
package struct SubdomainDMARC: Subject {
  package let published: PublishedDMARC
  package let organization: Name
  /// It is not the audited domain's, and decides nothing about it: the record of the organisation does.
  package let isPassedOver: Bool

  package static func observe(_ facts: Facts) -> Observation<SubdomainDMARC> {
    let records = facts.observation(of: PublishedDMARC.self)
    guard let organization = facts.organization else {
      return Observation([], gaps: records.gaps + facts.dmarcGaps)
    }
    // A public suffix that is taken for the organisation is a matter of its own.
    guard facts.ownership(of: organization) == .own else { return Observation([], gaps: records.gaps) }
    return Observation(
      records.subjects.filter { $0.stop.step.target != organization }.map {
        SubdomainDMARC(published: $0, organization: organization, isPassedOver: !$0.stop.isAuthorDomain)
      },
      gaps: records.gaps)
  }
}

/// The record of a public suffix that is audited itself.
package struct PublicSuffixDMARC: Subject {
  package let published: PublishedDMARC

  package static func observe(_ facts: Facts) -> Observation<PublicSuffixDMARC> {
    let records = facts.observation(of: PublishedDMARC.self)
    return Observation(
      records.subjects.filter(\.stop.isPublicSuffix).map { PublicSuffixDMARC(published: $0) },
      gaps: records.subjects.isEmpty ? records.gaps : [])
  }
}

/// A public suffix above the domain that has a DMARC record.
package struct SuffixDMARC: Subject {
  package let suffix: DMARCPublication.Stop
  package let record: DMARCRecord
  /// The look-up of the domain directly below it, which is the organisation.
  package let organization: DMARCPublication.Stop?
  /// The tree walk takes the suffix for the organisation.
  package let isTakenForOrganization: Bool

  package static func observe(_ facts: Facts) -> Observation<SuffixDMARC> {
    guard facts.role != .noMail, facts.role != .nonexistent else { return .notApplicable }
    let stops = facts.dmarcStops
    let suffixes = stops.filter { $0.isPublicSuffix && !$0.isAuthorDomain }
    let gaps = suffixes.map(\.answer).filter { $0.failure != nil }.map(Gap.init)
    return Observation(
      suffixes.compactMap { suffix in
        guard let record = suffix.record else { return nil }
        let below = suffix.step.target.labelCount + 1
        return SuffixDMARC(
          suffix: suffix, record: record,
          organization: stops.first { $0.ownership == .own && $0.step.target.labelCount == below },
          isTakenForOrganization: facts.organization == suffix.step.target)
      },
      gaps: gaps)
  }
}

/// A record above a deep domain without one of its own, at a name that the tree walk leaves out.
package struct SkippedDMARC: Subject {
  package let target: Name
  package let answer: Answer
  package let record: DMARCRecord

  package static func observe(_ facts: Facts) -> Observation<SkippedDMARC> {
    guard let own = facts.dmarcStops.first, own.record == nil else { return .notApplicable }
    let answers = DMARCDiscovery.skippedTargets(of: facts.domain).compactMap { target in
      (try? target.prepending(DMARCDiscovery.prefix)).flatMap { facts.snapshot.answer($0, .txt) }.map {
        (target, $0)
      }
    }
    let records = answers.flatMap { target, answer in
      answer.joinedTexts.map { DMARCRecord($0) }.filter { $0.standing == .policyRecord }.map {
        SkippedDMARC(target: target, answer: answer, record: $0)
      }
    }
    return Observation(records, gaps: answers.map(\.1).filter { $0.failure != nil }.map(Gap.init))
  }
}

/// A record, or what was meant as one, that consists of several strings.
package struct SplitDMARC: Subject {
  package let stop: DMARCPublication.Stop
  package let text: TXT
  package let record: DMARCRecord

  package static func observe(_ facts: Facts) -> Observation<SplitDMARC> {
    let publication = facts.observation(of: DMARCPublication.self)
    let texts = publication.subjects.flatMap(\.ownStops).flatMap { stop in
      stop.answer.records.compactMap { record -> SplitDMARC? in
        guard case .txt(let text) = record.data, text.strings.count > 1,
          let record = stop.step.texts.first(where: { $0.octets == text.joined }),
          record.standing != .unrelated
        else { return nil }
        return SplitDMARC(stop: stop, text: text, record: record)
      }
    }
    return Observation(texts, gaps: publication.gaps.filter { $0.place.type == .txt })
  }
}

/// A domain without mail, and the policy that receivers find for it.
package struct UnusedDomainPolicy: Subject {
  package let domain: UnusedDomain
  /// nil where no record applies, or none that asks for anything.
  package let preference: DMARCPreference?
  package let stop: DMARCPublication.Stop

  package static func observe(_ facts: Facts) -> Observation<UnusedDomainPolicy> {
    let unused = facts.observation(of: UnusedDomain.self)
    guard let domain = unused.subjects.first, let stop = facts.dmarcStops.first else {
      return Observation([], gaps: unused.gaps)
    }
    switch facts.dmarc?.policy {
    case .unknown, nil: return Observation([], gaps: unused.gaps + facts.dmarcGaps)
    case .noRecord:
      return Observation(
        [UnusedDomainPolicy(domain: domain, preference: nil, stop: stop)], gaps: unused.gaps)
    case .found(let found):
      return Observation(
        [UnusedDomainPolicy(domain: domain, preference: found.preference(.exists), stop: stop)],
        gaps: unused.gaps)
    }
  }
}

/// A record with `np`, and what the DNS says of a name below its domain that nobody has published.
package struct NonexistentNamePolicy: Subject {
  package let published: PublishedDMARC
  package let probe: Answer

  package static func observe(_ facts: Facts) -> Observation<NonexistentNamePolicy> {
    let records = facts.observation(of: OrganizationalDMARC.self)
    let policies = records.subjects.compactMap { record -> NonexistentNamePolicy? in
      guard record.settings.nonexistentPolicy != nil,
        let probe = facts.wildcard(.txt, below: record.published.stop.step.target)
      else { return nil }
      return NonexistentNamePolicy(published: record.published, probe: probe)
    }
    return Observation(
      policies.filter { $0.probe.failure == nil },
      gaps: records.gaps + policies.map(\.probe).filter { $0.failure != nil }.map(Gap.init))
  }
}

extension Facts {
  /// The organisational domain; nil where failed look-ups hide it. A public suffix that did not answer is passed over:
  /// few of them have a record, and that it is unknown is said once, by `SuffixDMARC`.
  var organization: Name? {
    if case .domain(let name) = dmarc?.organization { return name }
    let failed = dmarcStops.filter { $0.answer.failure != nil }
    guard failed.allSatisfy({ $0.isPublicSuffix && !$0.isAuthorDomain }) else { return nil }
    return dmarcStops.last { $0.record != nil && $0.ownership == .own }?.step.target
  }

  var dmarcGaps: [Gap] {
    dmarcStops.map(\.answer).filter { $0.failure != nil }.map(Gap.init)
  }
}

extension DMARCRecord {
  /// What receivers read in the record, where nobody can have meant anything else: what they ignore has no effect.
  package var undoubted: DMARCSettings? {
    guard treatment == .asPublished, !faults.contains(where: \.kind.leavesDoubt), (percentage ?? 100) == 100
    else { return nil }
    return settings
  }

  /// The obsolete tag `pct` (RFC 7489 §6.3); nil also if it is no number.
  package var percentage: Int? { tags["pct"].flatMap { Int(String(decoding: $0.value, as: UTF8.self)) } }
}

extension DMARCFault.Kind {
  /// Something was meant here that receivers do not read.
  fileprivate var leavesDoubt: Bool {
    switch self {
    case .syntax(.emptyElement), .policyNotSecond, .suffixFlagInvalid, .failureOptionsInvalid,
      .failureOptionsUnused, .reportURIScheme, .reportURISize, .historicTag:
      false
    case .version, .notDMARC, .syntax, .policyMissing, .policyInvalid, .subdomainPolicyInvalid,
      .nonexistentPolicyInvalid, .alignmentInvalid, .modeInvalid, .reportURI, .unknownTag,
      .tagNameNotLowerCase:
      true
    }
  }
}
