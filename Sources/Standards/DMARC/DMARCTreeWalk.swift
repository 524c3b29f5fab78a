/// The rules of the tree walk (RFC 9989 §4.10): where to look, and what follows from what was found there.
import DNSData

struct DMARCTreeWalk {
  static let maximumQueries = 8  // RFC 9989 §4.10

  let start: Name
  let steps: [DMARCDiscovery.Step]

  /// The domain, and its ancestors of at most seven labels down to one (RFC 9989 §4.10 steps 3, 4 and 7).
  static func targets(from domain: Name) -> [Name] {
    let longestAncestor = min(domain.labelCount, maximumQueries) - 1
    guard longestAncestor > 0 else { return [domain] }
    return [domain] + (1...longestAncestor).reversed().map { domain.ancestor(labelCount: $0) }
  }

  /// Known if it is the same whatever the failed look-ups would have found.
  var organization: DMARCDiscovery.Organization {
    let organizations = distinct(\.organization)
    guard let domain = organizations.first, organizations.count == 1 else { return .unknown }
    return .domain(domain)
  }

  /// RFC 9989 §4.10.1: the record of the author domain, else that of its organisational domain, else that of
  /// its public suffix domain.
  var policy: DMARCDiscovery.PolicyResult {
    switch steps.first?.finding {
    case .record(let record):
      return .found(DMARCFoundPolicy(record: record, location: start, role: .authorDomain))
    case .failed: return .unknown
    case .noRecord, .multipleRecords, nil: break
    }
    let locations = distinct(\.policyLocation)
    guard let found = locations.first, locations.count == 1 else { return .unknown }
    guard let location = found else { return .noRecord }
    guard case .record(let record) = steps.first(where: { $0.target == location })?.finding else {
      return .unknown
    }
    let role: DMARCFoundPolicy.Role =
      record.settings.suffix == .publicSuffix ? .publicSuffixDomain : .organizationalDomain
    return .found(DMARCFoundPolicy(record: record, location: location, role: role))
  }
}

// MARK: - From flags to conclusions

/// What a walk leads to; the location is nil where no record applies.
private struct Conclusion {
  let organization: Name
  let policyLocation: Name?
}

extension DMARCTreeWalk {
  /// RFC 9989 §4.10.2. `flags` has one element for each step: the `psd` of its record, nil without a record.
  private func conclusion(_ flags: [DMARCSuffixFlag?]) -> Conclusion {
    var found: [(domain: Name, flag: DMARCSuffixFlag)] = []
    for (step, flag) in zip(steps, flags) {
      guard let flag else { continue }
      found.append((step.target, flag))
      if flag.endsWalk { break }
    }
    // Only the last one can have ended the walk.
    guard let last = found.last else { return Conclusion(organization: start, policyLocation: nil) }
    guard last.flag == .publicSuffix, last.domain != start else {
      // psd=n (rule 1), or the fewest labels (rule 3).
      return Conclusion(organization: last.domain, policyLocation: last.domain)
    }
    // Rule 2: one label below the public suffix domain, with a record or without.
    let organization = start.ancestor(labelCount: last.domain.labelCount + 1)
    let hasRecord = found.contains { $0.domain == organization }
    return Conclusion(organization: organization, policyLocation: hasRecord ? organization : last.domain)
  }

  /// The distinct results for everything that the failed look-ups may have hidden; two are enough to know
  /// that it is not known.
  private func distinct<Result: Hashable>(_ result: (Conclusion) -> Result) -> Set<Result> {
    var results: Set<Result> = []
    let failed = steps.indices.filter { if case .failed = steps[$0].finding { true } else { false } }
    let hidden: [DMARCSuffixFlag?] = [nil] + DMARCSuffixFlag.allCases
    var flags = steps.map(\.flag)
    // Counts through all assignments; `number` in base 4 has one digit for each failed look-up, of which
    // there are at most eight.
    for number in 0..<(1 << (2 * failed.count)) where results.count < 2 {
      for (digit, index) in failed.enumerated() { flags[index] = hidden[number >> (2 * digit) & 3] }
      results.insert(result(conclusion(flags)))
    }
    return results
  }
}

extension DMARCSuffixFlag {
  /// RFC 9989 §4.10 steps 2 and 6.
  var endsWalk: Bool {
    switch self {
    case .publicSuffix, .organizationalDomain: true
    case .undetermined: false
    }
  }
}

extension DMARCDiscovery.Step {
  fileprivate var flag: DMARCSuffixFlag? {
    if case .record(let record) = finding { record.settings.suffix } else { nil }
  }
}
