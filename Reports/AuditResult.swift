package import ChangePlan
package import Evidence
package import Verdict

/// One audited domain, as the reports of an audit take it.
package struct AuditResult: Sendable {
  package let scorecard: Scorecard
  package let snapshot: Snapshot
  package let changes: ZoneChanges
  /// The domain as its readers write it.
  package let displayName: String

  package init(_ snapshot: Snapshot, _ scorecard: Scorecard, displayName: String) {
    self.scorecard = scorecard
    self.snapshot = snapshot
    self.displayName = displayName
    changes = ZoneChanges(mending: scorecard)
  }
}
