package import ChangePlan
import DNSData
package import Expectation

/// The change of the zone as lines to paste: additions are records, removals are comments, each with its reason.
/// Built from parsed fields only, so that nothing a stranger published can add a line of its own. TLSA records are
/// comments too: whoever publishes them in a zone that is not signed gains nothing.
package struct ZoneReport {
  private let blocks: [String]

  package init(_ changes: ZoneChanges) { blocks = changes.changes.map(Self.block) }

  /// All that is wanted, published or not.
  package init(_ wanted: [WantedRecordSet]) {
    blocks = wanted.filter { !$0.records.isEmpty }.map { set in
      (["; \(set.name.display) \(set.type): \(set.purpose)"] + set.records.map(Self.line)).joined(
        separator: "\n")
    }
  }

  package var text: String { blocks.joined(separator: "\n") + "\n" }

  private static func line(_ record: Record) -> String {
    record.type == .tlsa ? "; \(record)" : record.description
  }

  private static func block(_ change: ZoneChanges.Change) -> String {
    var lines = ["; \(change.name.display) \(change.type): \(change.reasons.joined(separator: ", "))"]
    lines += change.notes.map { Layout.paragraph($0, label: ";", indent: 2).replacing("\n  ", with: "\n; ") }
    lines += change.remove.map { "; remove: \($0)" }
    lines += change.publish.map(line)
    return lines.joined(separator: "\n")
  }
}
