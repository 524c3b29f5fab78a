package import DNSData

/// Where a record lands when the final dot of its name is missing in the zone file: the zone is appended once more.
package enum DoubledName {
  /// nil if that name would be too long for the DNS.
  package static func of(_ name: Name, zone: Name) -> Name? { try? Name(labels: name.labels + zone.labels) }

  /// What was meant; nil for a name that no missing dot explains.
  package static func intended(by name: Name, zone: Name) -> Name? {
    guard let doubled = of(zone, zone: zone), name.isAtOrBelow(doubled) else { return nil }
    return try? Name(labels: Array(name.labels.dropLast(zone.labelCount)))
  }
}
