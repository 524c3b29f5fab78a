package import ChangePlan
import DNSData

/// How the change of a zone is written down.
package enum ZoneDialect: String, Hashable, Sendable, CaseIterable {
  /// Lines of a master file (RFC 1035 §5), TXT records split at 255 octets.
  case bind
  /// For web panels: host, TTL, type and value in a line, the value of a TXT record in one piece and without quotes.
  case single
  /// A script for BIND's nsupdate (RFC 2136).
  case nsupdate
}

/// The change of the zone as lines to paste: additions are records, removals are comments, each with its reason.
/// Built from parsed fields only, so that nothing a stranger published can add a line of its own. TLSA records are
/// comments too, unless the zone is known to be signed: elsewhere whoever publishes them gains nothing.
package struct ZoneReport {
  private let changes: ZoneChanges
  private let dialect: ZoneDialect

  package init(_ changes: ZoneChanges, dialect: ZoneDialect = .bind) {
    self.changes = changes
    self.dialect = dialect
  }

  package var text: String {
    let groups = changes.groups
    let lines = groups.flatMap { group in
      (groups.count > 1 || dialect == .single ? [heading(group.zone)] : []) + self.lines(group)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ group: ZoneGroup) -> [String] {
    switch dialect {
    case .bind: group.changes.flatMap { MasterFileText(change: $0).lines }
    case .single: group.changes.flatMap { PanelText(change: $0, zone: group.zone).lines }
    case .nsupdate: UpdateScript(group.changes).lines
    }
  }

  private func heading(_ zone: ZoneGroup.Zone) -> String {
    switch zone {
    case .forward(let name): "; ---- zone \(name.display)"
    case .reverse(let name):
      "; ---- reverse zone at or near \(name.display)"
    }
  }
}

extension ZoneChanges.Change {
  /// What it is for, as comments.
  var comments: [String] {
    let reasons = ZoneText.inComment(reasons.joined(separator: ", "))
    return ["; \(name.display) \(type): \(reasons)"]
      + notes.map {
        Layout.paragraph(ZoneText.inComment($0), label: ";", indent: 2).replacing("\n  ", with: "\n; ")
      }
  }

  /// TLSA records for a zone that is not known to be signed. Once it is, wrong ones turn mail away (RFC 7672 §2.2).
  var isPremature: Bool { type == .tlsa && protection == .unknown && !additions.isEmpty }

  /// What a zone can hold.
  var additions: [Record] { publish.filter(\.isWritable).map(\.pasted) }

  /// Comments for the records that no zone can hold.
  var omissions: [String] {
    publish.filter { !$0.isWritable }.map { "; left out, since no zone can hold it: \($0.pasted)" }
  }
}

/// Text that goes into zones.
enum ZoneText {
  /// One line, whatever it was.
  static func inComment(_ text: String) -> String {
    Printable.text(Array(text.utf8), limit: .max)
  }

  /// Why TLSA records are not simply among the others.
  static let unsigned =
    "; count only in a signed zone, and do harm if they are wrong: publish them once DNSSEC works"
}

extension Record {
  /// RFC 2181 §8: TTLs have 31 bits.
  private static let maximumTTL: UInt32 = 0x7FFF_FFFF

  /// As servers take it: no string above 255 octets, no TTL above the limit.
  var pasted: Record {
    let data: RecordData =
      if case .txt(let text) = data, text.strings.contains(where: { $0.count > TXT.maximumStringLength }) {
        .txt(TXT(joined: text.joined))
      } else {
        data
      }
    return Record(name, ttl: min(ttl, Self.maximumTTL), data)
  }

  /// Has a form that servers read.
  var isWritable: Bool {
    switch data {
    case .txt(let text): !text.strings.isEmpty
    case .tlsa(let tlsa): !tlsa.association.isEmpty
    case .caa(let caa): !caa.tag.isEmpty && caa.tag.allSatisfy(\.isASCIIAlphanumeric)
    case .a, .aaaa, .ns, .cname, .ptr, .mx, .soa, .srv, .ds, .dnskey, .rrsig, .nsec, .nsec3, .unknown: true
    }
  }
}
