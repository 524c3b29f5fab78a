/// The DMARC record that receivers of the RFC 7489 generation find, and what they make of it (RFC 7489
/// §6.6.3): the domain is asked, then its organisational domain by the public suffix list, and nothing
/// between them.
///
/// Both generations are in use; where they differ, receivers treat the same mail differently. The
/// organisational domain is the caller's to know.
package import DNSData

package struct DMARCLegacyDiscovery: Hashable, Sendable {
  package enum PolicyResult: Hashable, Sendable {
    case found(DMARCLegacyPolicy)
    case noRecord
    /// More than one at the place that counts: DMARC is not applied (RFC 7489 §6.6.3 step 5).
    case multipleRecords(Name)
    case unknown(LookupFailure)
  }

  package let authorDomain: Name
  package let organizationalDomain: Name
  /// One or two.
  package let steps: [DMARCDiscovery.Step]
  package let policy: PolicyResult

  /// Both look-ups are asked for at once.
  package static func evaluate(
    domain: Name, organizationalDomain: Name, answers: KnownAnswers
  ) -> Evaluation<DMARCLegacyDiscovery> {
    var steps: [DMARCDiscovery.Step] = []
    var missing: Set<Question> = []
    for target in organizationalDomain == domain ? [domain] : [domain, organizationalDomain] {
      guard let question = (try? target.prepending(DMARCDiscovery.prefix)).map({ Question($0, .txt) }) else {
        // No such name can exist, so there is no record at it.
        steps.append(.init(target: target, question: nil, texts: [], finding: .noRecord))
        continue
      }
      guard let answer = answers(question) else {
        missing.insert(question)
        continue
      }
      let step = DMARCDiscovery.Step(target: target, question: question, answer: answer)
      steps.append(step)
      if step.decides { break }
    }
    guard missing.isEmpty else { return .needs(missing) }
    return .result(
      DMARCLegacyDiscovery(domain: domain, organizationalDomain: organizationalDomain, steps: steps))
  }

  private init(domain: Name, organizationalDomain: Name, steps: [DMARCDiscovery.Step]) {
    authorDomain = domain
    self.organizationalDomain = organizationalDomain
    self.steps = steps
    policy = Self.policy(steps, authorDomain: domain)
  }

  private static func policy(_ steps: [DMARCDiscovery.Step], authorDomain: Name) -> PolicyResult {
    for step in steps {
      switch step.finding {
      case .record(let record):
        let subject: DMARCLegacyPolicy.Subject =
          step.target == authorDomain ? .publishingDomain : .subdomain
        return .found(DMARCLegacyPolicy(record: record, location: step.target, subject: subject))
      case .multipleRecords: return .multipleRecords(step.target)
      case .failed(let failure): return .unknown(failure)
      case .noRecord: continue
      }
    }
    return .noRecord
  }
}

/// A record as receivers of RFC 7489 read it.
package struct DMARCLegacyPolicy: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case publishingDomain
    /// Existing or not: `np` is unknown.
    case subdomain
  }

  package struct Preference: Hashable, Sendable {
    /// The tag that the policy is taken from, `p` or `sp`.
    package let tag: DMARCPolicyTag
    package let policy: DMARCPolicy
    /// Of failing messages; the others get the next weaker policy (RFC 7489 §6.6.4).
    package let percentage: Int
  }

  package let record: DMARCRecord
  package let location: Name
  package let subject: Subject

  /// RFC 7489 §6.6.3 step 6: `p` and `sp` decide, `np` does not.
  package var treatment: DMARCTreatment {
    let isInvalid = record.faults.contains { $0.kind == .policyInvalid || $0.kind == .subdomainPolicyInvalid }
    guard record.settings.policy == nil || isInvalid else { return .asPublished }
    return record.settings.aggregateReports.isEmpty ? .noProcessing : .monitoring
  }

  /// What is asked for mail that fails; nil if no DMARC is applied.
  package var preference: Preference? {
    switch treatment {
    case .noProcessing: return nil
    case .monitoring: return Preference(tag: .p, policy: .none, percentage: record.legacyPercentage)
    case .asPublished: break
    }
    if subject == .subdomain, let policy = record.settings.subdomainPolicy {
      return Preference(tag: .sp, policy: policy, percentage: record.legacyPercentage)
    }
    return record.settings.policy.map {
      Preference(tag: .p, policy: $0, percentage: record.legacyPercentage)
    }
  }
}

extension DMARCRecord {
  /// `pct`: 0 to 100; 100 if it is missing or cannot be read (RFC 7489 §6.3).
  package var legacyPercentage: Int {
    guard let value = tags["pct"]?.value, (1...3).contains(value.count), value.allSatisfy(\.isASCIIDigit),
      let number = Int(String(decoding: value, as: UTF8.self)), number <= 100
    else { return 100 }
    return number
  }
}

extension DMARCDiscovery.Step {
  /// Only the lack of any record leads on to the organisational domain (RFC 7489 §6.6.3 step 3).
  fileprivate var decides: Bool {
    switch finding {
    case .record, .multipleRecords: true
    case .noRecord, .failed: false
    }
  }
}
