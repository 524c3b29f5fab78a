package import DNSData
package import Verdict

/// What all proposed zones together would do, as the reports of a gate take it.
package struct GateResult: Sendable {
  /// What the gate lets nothing through for.
  package enum Standard: String, Hashable, Sendable, CaseIterable {
    /// What gets worse.
    case difference
    /// That, and every finding in the world as it would be.
    case absolute
  }

  package struct Domain: Sendable {
    package let impact: Impact
    /// The domain as its readers write it.
    package let displayName: String

    package init(_ impact: Impact, displayName: String) {
      self.impact = impact
      self.displayName = displayName
    }
  }

  package let domains: [Domain]
  /// Names of the files.
  package let proposedZones: [String]
  /// Empty where the world as it is was asked.
  package let currentZones: [String]
  package let started: Timestamp
  package let standard: Standard
  package let limits: Limits

  package init(
    _ domains: [Domain], proposedZones: [String], currentZones: [String], started: Timestamp,
    standard: Standard, limits: Limits
  ) {
    self.domains = domains
    self.proposedZones = proposedZones
    self.currentZones = currentZones
    self.started = started
    self.standard = standard
    self.limits = limits
  }

  /// Of the worst domain.
  package var exitStatus: ExitStatus { domains.map(exitStatus(of:)).max() ?? .fine }

  package func exitStatus(of domain: Domain) -> ExitStatus {
    let difference = domain.impact.exitStatus(failOn: limits.failOn)
    return switch standard {
    case .difference: difference
    case .absolute: max(difference, domain.impact.proposed.exitStatus(limits))
    }
  }
}
