package import DNSData
import Evidence

/// An MX host that is tried after others, and how both are protected.
package struct BackupProtection: Subject {
  package let host: Name
  /// STARTTLS is offered by a host that is tried before.
  package let firstHasTLS: Bool
  /// Its servers that offer none.
  package let withoutTLS: [MailServer]
  /// A host that is tried before and has TLSA records for port 25; nil without any.
  package let pinned: Name?
  /// The answer that this host has none; nil if it has, or where that is not known.
  package let unpinned: Answer?

  package static func observe(_ facts: Facts) -> Observation<BackupProtection> {
    let backups = BackupMX.observe(facts)
    guard !backups.subjects.isEmpty else { return Observation([], gaps: backups.gaps) }
    let offers = Receiving<StartTLSOffer>.observe(facts)
    let pins = HostTLSA.observe(facts)
    let pinned = Dictionary(pins.subjects.map { ($0.host, $0.mail) }) { first, _ in first }
    let subjects = backups.subjects.map { backup in
      let preferred = Set(backup.preferred.map(\.host))
      let host = backup.target.host
      let own = pinned[host].flatMap { $0.failure == nil && $0.tlsa.isEmpty ? $0 : nil }
      return BackupProtection(
        host: host,
        firstHasTLS: offers.subjects.contains {
          preferred.contains($0.server.host) && $0.session.startTLS == .accepted
        },
        withoutTLS: offers.subjects.filter { $0.server.host == host && $0.session.startTLS.isProvenAbsent }
          .map(\.server),
        pinned: preferred.sorted().first { pinned[$0]?.tlsa.isEmpty == false },
        unpinned: preferred.contains(host) ? nil : own)
    }
    // TLSA records of other ports are asked for too.
    let unknown = pins.subjects.map(\.mail).filter { $0.failure != nil }.map(Gap.init)
    return Observation(subjects, gaps: backups.gaps + offers.gaps + unknown)
  }
}
