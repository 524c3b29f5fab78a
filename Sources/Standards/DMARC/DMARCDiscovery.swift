/// Which DMARC record speaks for a domain, and which domain is its organisation (RFC 9989 §4.10): the DNS
/// tree walk, as a pure function of the answers known so far.
///
/// A look-up that failed is never taken for a missing record. RFC 9989 §4.10.1 leaves it to the receiver what
/// to do then; here every result that could come out otherwise is unknown.
package import DNSData

package struct DMARCDiscovery: Hashable, Sendable {
  /// One look-up of the walk.
  package struct Step: Hashable, Sendable {
    package let target: Name
    /// TXT of `_dmarc` below the target; nil if that name would be too long for the DNS.
    package let question: Question?
    /// Every TXT record that was found, DMARC or not.
    package let texts: [DMARCRecord]
    package let finding: Finding
  }

  package enum Finding: Hashable, Sendable {
    case record(DMARCRecord)
    /// No such name, no TXT, or no text that is a DMARC record.
    case noRecord
    /// More than one, so that none counts (RFC 9989 §4.10 step 2).
    case multipleRecords
    case failed(LookupFailure)
  }

  package enum Organization: Hashable, Sendable {
    case domain(Name)
    case unknown
  }

  package enum PolicyResult: Hashable, Sendable {
    case found(DMARCFoundPolicy)
    /// No record applies: receivers do not apply DMARC.
    case noRecord
    case unknown
  }

  package let authorDomain: Name
  /// In the order of the walk, up to the record that ends it.
  package let steps: [Step]
  package let organization: Organization
  package let policy: PolicyResult

  /// Look-ups that failed, whether or not the results depend on them.
  package var failures: [LookupFailure] {
    steps.compactMap { if case .failed(let failure) = $0.finding { failure } else { nil } }
  }
}

/// The record that applies to an author domain.
package struct DMARCFoundPolicy: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    case authorDomain
    case organizationalDomain
    case publicSuffixDomain
  }

  package let record: DMARCRecord
  package let location: Name
  package let role: Role

  /// What is asked for mail of the author domain that fails; nil if no DMARC is applied because of the
  /// record's faults. `existence` is that of the author domain, and matters only to a record further up.
  package func preference(_ existence: DomainExistence) -> DMARCPreference? {
    switch (role, existence) {
    case (.authorDomain, _): record.preference(for: .publishingDomain)
    case (.organizationalDomain, .exists), (.publicSuffixDomain, .exists):
      record.preference(for: .existingSubdomain)
    case (.organizationalDomain, .doesNotExist), (.publicSuffixDomain, .doesNotExist):
      record.preference(for: .nonexistentSubdomain)
    }
  }
}

/// Whether the DNS says NXDOMAIN for a domain (RFC 9989 §3.2.13); no data is existence.
package enum DomainExistence: Hashable, Sendable {
  case exists
  case doesNotExist
}

extension DMARCDiscovery {
  package static let prefix = "_dmarc"  // RFC 9989 §4.5

  /// The names above a deep domain that the walk leaves out (RFC 9989 §4.10 step 4), the longest first.
  package static func skippedTargets(of domain: Name) -> [Name] {
    let targets = DMARCTreeWalk.targets(from: domain)
    return domain.selfAndAncestors.filter { !$0.isRoot && !targets.contains($0) }
  }

  /// The look-ups do not depend on each other: all that the walk may need are asked for at once.
  package static func evaluate(domain: Name, answers: KnownAnswers) -> Evaluation<DMARCDiscovery> {
    var steps: [Step] = []
    var missing: Set<Question> = []
    for target in DMARCTreeWalk.targets(from: domain) {
      guard let question = (try? target.prepending(prefix)).map({ Question($0, .txt) }) else {
        // No such name can exist, so there is no record at it.
        steps.append(Step(target: target, question: nil, texts: [], finding: .noRecord))
        continue
      }
      guard let answer = answers(question) else {
        missing.insert(question)
        continue
      }
      let step = Step(target: target, question: question, answer: answer)
      steps.append(step)
      if step.endsWalk { break }
    }
    guard missing.isEmpty else { return .needs(missing) }
    return .result(DMARCDiscovery(authorDomain: domain, steps: steps))
  }

  private init(authorDomain: Name, steps: [Step]) {
    let walk = DMARCTreeWalk(start: authorDomain, steps: steps)
    self.authorDomain = authorDomain
    self.steps = steps
    self.organization = walk.organization
    self.policy = walk.policy
  }
}

extension DMARCDiscovery.Step {
  init(target: Name, question: Question, answer: Answer) {
    self.target = target
    self.question = question
    texts = answer.records.compactMap {
      if case .txt(let text) = $0.data { DMARCRecord(text.joined) } else { nil }
    }
    let records = texts.filter { $0.standing == .policyRecord }
    if let failure = answer.failure {
      finding = .failed(failure)
    } else if let record = records.first {
      finding = records.count == 1 ? .record(record) : .multipleRecords
    } else {
      finding = .noRecord
    }
  }

  /// RFC 9989 §4.10 steps 2 and 6.
  fileprivate var endsWalk: Bool {
    if case .record(let record) = finding { record.settings.suffix.endsWalk } else { false }
  }
}
