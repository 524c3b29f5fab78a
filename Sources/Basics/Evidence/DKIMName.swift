package import DNSData

/// Where a selector's key stands (RFC 6376 §3.6.2.1).
package enum DKIMName {
  /// nil if that makes no valid name.
  package static func of(selector: String, domain: Name) -> Name? {
    try? domain.prepending("_domainkey").prepending(selector)
  }

  /// The selectors of `domain` that a zone holds records for, wildcards apart.
  package static func selectors(in records: [Record], domain: Name) -> [String] {
    guard let parent = try? domain.prepending("_domainkey") else { return [] }
    let names = Set(records.map(\.name)).filter { $0 != parent && $0.isAtOrBelow(parent) && !$0.isWildcard }
    return names.sorted().map { name in
      String(name.display.dropLast(parent.display.count + 1))
    }
  }
}
