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
    return names.sorted().map { selector(of: $0, domain: domain) }
  }

  /// What stands in front of `_domainkey` in a name below it.
  package static func selector(of name: Name, domain: Name) -> String {
    let parent = policy(of: domain)?.display ?? ""
    return String(name.display.dropLast(parent.count + 1))
  }

  /// Where the policy of DomainKeys stood (RFC 4870 §3.6).
  package static func policy(of domain: Name) -> Name? { try? domain.prepending("_domainkey") }

  /// Where that of ADSP stood (RFC 5617 §4.1).
  package static func signingPractices(of domain: Name) -> Name? {
    try? domain.prepending("_domainkey").prepending("_adsp")
  }

  /// The answer at one selector shows that no wildcard answers for all: it does not exist, and beside a wildcard it
  /// would. A selector of several labels may have another of them above it, below which the wildcard ends (RFC 4592
  /// §2.2.1).
  package static func disprovesWildcard(_ answer: Answer, domain: Name) -> Bool {
    answer.isMissingName && answer.question.name.parent == policy(of: domain)
  }

  /// Names at which keys land by mistake: a dot or an underscore forgotten, the labels in the wrong order, the domain
  /// written twice.
  package static func misspellings(of selector: String, domain: Name) -> [Name] {
    let doubled = of(selector: selector, domain: domain).flatMap {
      try? Name(labels: $0.labels + domain.labels)
    }
    return [
      try? domain.prepending("\(selector)_domainkey"), try? domain.prepending("\(selector).domainkey"),
      try? domain.prepending("_domainkey.\(selector)"), doubled,
    ].compactMap(\.self)
  }
}
