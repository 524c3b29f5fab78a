package import DNSData
import Evidence

/// An MX host that is tried after others, and how both are protected.
package struct BackupProtection: Subject {
  package let host: Name
  /// STARTTLS is offered by a host that is tried before.
  package let firstHasTLS: Bool
  /// Its servers that offer none.
  package let withoutTLS: [MailServer]
  /// A host that is tried before and has signed TLSA records for port 25; nil without any.
  package let pinned: Name?
  /// The answer that this host has none, or what of it is not signed; nil if it has, or where that is not known.
  package let unpinned: Answer?

  package static func observe(_ facts: Facts) -> Observation<BackupProtection> {
    let backups = facts.observation(of: BackupMX.self)
    guard !backups.subjects.isEmpty else { return Observation([], gaps: backups.gaps) }
    let offers = facts.observation(of: Receiving<StartTLSOffer>.self)
    let pins = facts.observation(of: HostTLSA.self).subjects
    let found = Dictionary(pins.map { ($0.host, facts.tlsa(of: $0.host)) }) { first, _ in first }
    let lookUps = Dictionary(pins.map { ($0.host, $0.mail) }) { first, _ in first }
    let subjects = backups.subjects.map { backup in
      let preferred = Set(backup.preferred.map(\.host))
      let host = backup.target.host
      let own = found[host]?.isWithoutPins == true ? lookUps[host] : nil
      return BackupProtection(
        host: host,
        firstHasTLS: offers.subjects.contains {
          preferred.contains($0.server.host) && $0.session.startTLS == .accepted
        },
        withoutTLS: offers.subjects.filter { $0.server.host == host && $0.session.startTLS.isProvenAbsent }
          .map(\.server),
        pinned: preferred.sorted().first { found[$0]?.hasPins == true },
        unpinned: preferred.contains(host) ? nil : own)
    }
    return Observation(subjects, gaps: backups.gaps + offers.gaps + gaps(pins, found))
  }

  /// Where nothing is published at any of the hosts, none of them is weaker for that.
  private static func gaps(_ pins: [HostTLSA], _ found: [Name: TLSAFinding]) -> [Gap] {
    let failed = pins.map(\.mail).filter { $0.failure != nil }.map(Gap.init)
    guard failed.isEmpty, pins.contains(where: { $0.publishing.contains { $0.application == .smtp } }) else {
      return failed
    }
    return pins.compactMap { if case .unknown(let gap) = found[$0.host] { gap } else { nil } }
  }
}

extension TLSAFinding {
  fileprivate var isWithoutPins: Bool {
    switch self {
    case .none, .insecureRecords, .insecureAddresses: true
    case .records, .noAddress, .failure, .unknown: false
    }
  }
}
