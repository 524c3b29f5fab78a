import DNSData
import Expectation

/// Compares one wanted set with the answers for it, each kind by its own measure.
struct RecordComparer {
  let wanted: WantedRecordSet
  let answer: Answer
  /// All answers for the set; an alias is looked for with both address types.
  let answers: [Answer]
  let facts: Facts

  var comparison: RecordComparison {
    switch wanted.kind {
    case .addresses, .webmail, .reverse, .mx, .caa, .tlsa, .service:
      sets(published: answer.records)
    case .spf: SPFComparer(self).comparison
    case .dkim(let selector): texts { TextMeaning.dkim($0) }.refined(by: keyIsKnown(selector))
    case .dmarc: texts { TextMeaning.dmarc($0) }
    case .mtasts: texts { TextMeaning.mtasts($0, idMatters: facts.expected?.mtasts?.id != nil) }
    case .tlsrpt: texts { TextMeaning.tlsrpt($0) }
    case .policyHost: policyHost
    case .autoconfig, .autodiscover: alias
    }
  }

  // MARK: - Records that stand for themselves

  private func sets(published: [Record]) -> RecordComparison {
    let there = Set(published.map(\.data.meaning))
    let meant = Set(wanted.records.map(\.data.meaning))
    let lacking = wanted.records.filter { !there.contains($0.data.meaning) }
    let surplus = published.filter { !meant.contains($0.data.meaning) && !isAllowed($0) }
    return comparison(published: published, lacking: lacking, surplus: surplus)
  }

  /// The name in HELO may have all addresses of its host, whichever of them send.
  private func isAllowed(_ record: Record) -> Bool {
    guard case .addresses = wanted.kind, let site = facts.site, let address = record.address else {
      return false
    }
    return site.hosts.contains { $0.helo == wanted.name && $0.addresses.contains(address) }
  }

  func comparison(
    published: [Record], lacking: [Record], surplus: [Record], mend: Mend? = nil
  ) -> RecordComparison {
    let surplus = facts.isTolerated(wanted) && lacking.isEmpty ? [] : surplus
    let standing: RecordComparison.Standing =
      switch (lacking.isEmpty, surplus.isEmpty) {
      case (true, true): .matches
      case (true, false): .extra
      case (false, _): published.isEmpty ? .missing : .wrong
      }
    return RecordComparison(
      wanted, answer: answer, standing: standing, published: published, lacking: lacking, surplus: surplus,
      mend: standing == .matches ? nil : mend ?? self.mend(lacking: lacking, surplus: surplus))
  }

  /// What must be known before its records are published.
  private var note: String? {
    switch wanted.kind {
    case .tlsa where facts.trust(answer.question) != .secure:
      "Publish these only in a zone that is signed and validates: elsewhere nobody heeds them."
    case .tlsa, .addresses, .reverse, .mx, .spf, .dkim, .dmarc, .mtasts, .policyHost, .tlsrpt, .service,
      .autoconfig, .autodiscover, .caa, .webmail:
      nil
    }
  }

  /// Where an alias leads somewhere else it goes, and all that is wanted comes in its place; only the reverse names of
  /// small networks are aliases by design (RFC 2317), and the record belongs where they lead.
  private func mend(lacking: [Record], surplus: [Record]) -> Mend? {
    guard let alias = answer.aliases.first, let target = answer.aliasTargets.last else {
      return Mend(publish: lacking, remove: surplus, note: note)
    }
    guard case .reverse = wanted.kind else {
      return Mend(publish: wanted.records, remove: [alias], note: note)
    }
    return Mend(
      publish: lacking.map { Record(target, ttl: $0.ttl, $0.data) }, remove: surplus, note: note)
  }

  // MARK: - Texts, of which one is wanted

  private func texts<Meaning: Equatable>(_ meaning: ([UInt8]) -> TextMeaning<Meaning>) -> RecordComparison {
    let published = answer.records.filter { record in
      guard case .txt(let text) = record.data else { return false }
      if case .unrelated = meaning(text.joined) { return false }
      return true
    }
    guard case .txt(let text) = wanted.records.first?.data else {
      return comparison(published: published, lacking: [], surplus: published)
    }
    let meant = meaning(text.joined)
    let matching = published.filter { record in
      if case .txt(let text) = record.data { meaning(text.joined) == meant } else { false }
    }
    guard let kept = matching.first else {
      return comparison(published: published, lacking: wanted.records, surplus: published)
    }
    return comparison(published: published, lacking: [], surplus: published.filter { $0 != kept })
  }

  private func keyIsKnown(_ selector: String) -> Bool {
    facts.expected?.selectors.contains { $0.label == selector && $0.publication != nil } ?? false
  }

  // MARK: - Aliases

  /// Any address will do.
  private var policyHost: RecordComparison {
    let there = answers.flatMap(\.records)
    return comparison(
      published: there, lacking: there.isEmpty ? wanted.records : [], surplus: [],
      mend: Mend(publish: wanted.records, remove: answer.aliases.prefix(1).map(\.self)))
  }

  /// An alias to the host, or the host's own addresses.
  private var alias: RecordComparison {
    let there = answers.flatMap(\.records)
    guard case .cname(let target) = wanted.records.first?.data else {
      return comparison(published: there, lacking: [], surplus: there)
    }
    let host = facts.site?.host(target)?.addresses ?? HostAddresses(target, in: facts).addresses
    let addresses = there.compactMap(\.address)
    let leadsThere = answer.aliases.contains { $0.data == .cname(target) }
    let isSame = !addresses.isEmpty && (host.isEmpty || Set(addresses).isSubset(of: host))
    let isRight = leadsThere || isSame
    let own = answer.aliases.isEmpty ? there : Array(answer.aliases.prefix(1))
    return comparison(
      published: own, lacking: isRight ? [] : wanted.records, surplus: isRight ? [] : own,
      mend: Mend(publish: wanted.records, remove: own))
  }
}

extension RecordComparison {
  /// Of a key that nobody knows nothing can be said.
  fileprivate func refined(by isKnown: Bool) -> RecordComparison {
    guard !isKnown else { return self }
    return RecordComparison(
      wanted, answer: answer, standing: .matches, published: published, lacking: [], surplus: [], mend: nil)
  }
}
