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
  package let basis: Basis

  package init(
    _ snapshot: Snapshot, _ scorecard: Scorecard, displayName: String, basis: Basis = .standard
  ) {
    self.scorecard = scorecard
    self.snapshot = snapshot
    self.displayName = displayName
    self.basis = basis
    changes = ZoneChanges(mending: scorecard)
  }
}

/// What evidence was judged by, as the user named it.
package struct Basis: Hashable, Sendable {
  package static let standard = Basis(profile: "standard", expected: nil)

  package let profile: String
  /// The file of the expected configuration; nil without one.
  package let expected: String?

  package init(profile: String, expected: String?) {
    self.profile = profile
    self.expected = expected
  }
}
