package import DMARC
package import DNSData
import PublicSuffix

/// Mail of the domain as receivers of both generations see it: those of RFC 9989 find the organisational domain by the
/// tree walk, those of RFC 7489 by the public suffix list. Observed only where the two differ for a reason that no
/// other rule reports.
package struct DMARCReadings: Subject {
  package struct Reading: Hashable, Sendable {
    package let organization: Name
    /// Where the record that applies stands; nil if none does.
    package let location: Name?
    /// nil if no DMARC is applied.
    package let policy: DMARCPolicy?
    /// Domains of the organisation other than the author domain count for SPF or DKIM.
    package let isRelaxed: Bool
  }

  package let current: Reading
  package let legacy: Reading
  /// The look-up from which the tree walk's organisation follows, as far as the operator can change it.
  package let stop: DMARCPublication.Stop
  /// The own record at the registrable domain, if the walk came by there.
  package let registrableRecord: PublishedDMARC?
  package let sendsMail: Bool

  /// The same mail meets another policy.
  package var differsInPolicy: Bool {
    current.location != legacy.location && current.policy != legacy.policy
  }

  /// The same signature is aligned for one generation of receivers only.
  package var differsInAlignment: Bool {
    sendsMail && [current, legacy].contains { $0.policy != nil && $0.isRelaxed }
  }

  package static func observe(_ facts: Facts) -> Observation<DMARCReadings> {
    let publication = facts.observation(of: DMARCPublication.self)
    guard let subject = publication.subjects.first, facts.role != .noMail,
      let discovery = facts.dmarc, let legacy = facts.legacyDMARC
    else { return Observation([], gaps: publication.gaps) }
    guard let organization = facts.organization, let current = Reading(discovery, of: organization),
      let legacy = Reading(legacy)
    else { return Observation([], gaps: facts.dmarcGaps) }
    guard current.organization != legacy.organization,
      !SuffixList.isPublicSuffix(current.organization),
      !subject.ownStops.contains(where: { $0.record?.settings.suffix == .publicSuffix }),
      let stop = subject.stops.first(where: {
        $0.step.target == current.organization && $0.ownership == .own
      }) ?? subject.stops.first
    else { return Observation([], gaps: publication.gaps) }
    let registrable = subject.stops.first { $0.step.target == legacy.organization }
    return Observation(
      [
        DMARCReadings(
          current: current, legacy: legacy, stop: stop,
          registrableRecord: registrable.flatMap { PublishedDMARC($0) }, sendsMail: facts.role.sends)
      ],
      gaps: publication.gaps)
  }
}

extension DMARCReadings.Reading {
  /// nil where look-ups that failed leave it open.
  fileprivate init?(_ discovery: DMARCDiscovery, of organization: Name) {
    self.organization = organization
    switch discovery.policy {
    case .unknown: return nil
    case .noRecord: (location, policy, isRelaxed) = (nil, nil, false)
    case .found(let found):
      location = found.location
      policy = found.preference(.exists)?.policy
      isRelaxed = found.record.settings.hasRelaxedAlignment
    }
  }

  fileprivate init?(_ discovery: DMARCLegacyDiscovery) {
    organization = discovery.organizationalDomain
    switch discovery.policy {
    case .unknown: return nil
    case .noRecord, .multipleRecords: (location, policy, isRelaxed) = (nil, nil, false)
    case .found(let found):
      location = found.location
      policy = found.preference?.policy
      isRelaxed = found.record.settings.hasRelaxedAlignment
    }
  }
}

extension DMARCSettings {
  fileprivate var hasRelaxedAlignment: Bool { dkimAlignment == .relaxed || spfAlignment == .relaxed }
}
