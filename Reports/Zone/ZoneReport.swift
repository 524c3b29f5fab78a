package import ChangePlan
import DNSData

/// The change of the zone as lines to paste: additions are records, removals are comments, each with its reason.
/// Built from parsed fields only, so that nothing a stranger published can add a line of its own.
package struct ZoneReport {
  private let changes: ZoneChanges

  package init(_ changes: ZoneChanges) { self.changes = changes }

  package var text: String {
    changes.changes.map(block).joined(separator: "\n") + "\n"
  }

  private func block(_ change: ZoneChanges.Change) -> String {
    var lines = ["; \(change.name.display) \(change.type): \(change.reasons.joined(separator: ", "))"]
    lines += change.notes.map { Layout.paragraph($0, label: ";", indent: 2).replacing("\n  ", with: "\n; ") }
    lines += change.remove.map { "; remove: \($0)" }
    lines += change.publish.map(\.description)
    return lines.joined(separator: "\n")
  }
}
