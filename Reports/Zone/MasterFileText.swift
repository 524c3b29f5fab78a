import ChangePlan
import DNSData

/// A change as lines of a master file (RFC 1035 §5). Additions are absolute names; removals are comments, since a
/// master file cannot say them.
struct MasterFileText {
  let change: ZoneChanges.Change

  var lines: [String] {
    change.comments + change.remove.map { "; remove: \($0)" } + change.omissions + additions
  }

  private var additions: [String] {
    guard change.isPremature else { return change.additions.map(\.description) }
    return [ZoneText.unsigned] + change.additions.map { "; \($0)" }
  }
}
