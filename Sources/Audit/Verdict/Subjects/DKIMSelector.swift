import Crypto
package import DKIM
package import DNSData
import Evidence
import Expectation

/// What is published at one selector.
package struct DKIMSelector: Subject {
  package enum Use: Hashable, Sendable {
    /// The user says that it signs now.
    case given
    /// The operator says that it is to sign next.
    case next
    /// The operator says that it does not sign: not yet, or no more.
    case idle
    /// One of the common names, tried because none was given: nothing tells whether it is in use.
    case guessed
  }

  package let name: Name
  package let use: Use
  package let answer: Answer
  /// Every TXT record there, as a key record; most that are none have usability `ignored`.
  package let records: [DKIMKeyRecord]

  package var candidates: [DKIMKeyRecord] { records.filter { $0.usability != .ignored } }

  package static func observe(_ facts: Facts) -> Observation<DKIMSelector> {
    let selectors = facts.selectors
    if facts.snapshot.request.selectors.isEmpty {
      // A missed guess proves nothing, and neither does one that failed.
      let found = selectors.filter { $0.use == .next || !$0.candidates.isEmpty || !$0.answer.aliases.isEmpty }
      guard found.isEmpty, facts.role.sends else { return Observation(found) }
      return Observation([], gaps: [Gap(Place(facts.domain), .notTested(.noSelector))])
    }
    // A domain that sends no mail signs none, whatever the selectors of others in the same run are.
    let answered = selectors.filter { selector in
      selector.answer.failure == nil
        && (facts.role.sends || !selector.records.isEmpty || !selector.answer.aliases.isEmpty)
    }
    return Observation(answered, gaps: selectors.filter { $0.answer.failure != nil }.map { Gap($0.answer) })
  }

  /// A guess is judged at most medium: it may long be out of use. So is a key that nothing is signed with yet.
  package func severity(_ severity: Severity, ifGuessed limit: Severity = .medium) -> Severity {
    switch use {
    case .given: severity
    case .guessed, .next, .idle: min(severity, limit)
    }
  }

  /// One fault for each fault of a key record that `describe` has words for; `mend` is the record to publish instead.
  package func faults(
    _ severity: Severity, ifGuessed limit: Severity = .medium,
    mend: (DKIMKeyRecord) -> DKIMKeyPublication? = { $0.meantPublication },
    _ describe: (DKIMKeyFault.Kind) -> Message?
  ) -> [Fault] {
    records.filter { $0.usability != .ignored || $0.isOfAnotherVersion }.flatMap { record in
      record.faults.compactMap { fault in
        describe(fault.kind).map { message in
          Fault(
            in: answer, severity: self.severity(severity, ifGuessed: limit), message,
            observed: "\(foreign: record.octets)",
            mend: mend(record).flatMap { self.mend(of: record, to: $0) })
        }
      }
    }
  }

  package func mend(of record: DKIMKeyRecord, to publication: DKIMKeyPublication) -> Mend? {
    let old = answer.records.filter {
      if case .txt(let text) = $0.data { text.joined == record.octets } else { false }
    }
    guard let first = old.first else { return nil }
    return Mend(
      publish: [Record(first.name, ttl: first.ttl, .txt(TXT(joined: Array(publication.description.utf8))))],
      remove: old)
  }
}

extension Facts {
  /// Those given, or the common ones that the Collector tried instead; and those that the operator wants to sign next.
  package var selectors: [DKIMSelector] { allSelectors.filter { $0.use != .idle } }

  /// It was asked in case that it exists: nobody has said so.
  package func isGuess(_ question: Question) -> Bool {
    guard !question.name.labels.contains(Array(snapshot.request.probeLabel.utf8)) else { return true }
    guard let parent = try? domain.prepending("_domainkey"), question.name.isAtOrBelow(parent) else {
      return false
    }
    return !allSelectors.contains { $0.name == question.name && $0.use != .guessed }
  }

  /// Also those that do not sign.
  package var allSelectors: [DKIMSelector] {
    guard let parent = try? domain.prepending("_domainkey") else { return [] }
    let given = snapshot.request.selectors.compactMap { DKIMName.of(selector: $0, domain: domain) }
    let idle = snapshot.request.idleSelectors.compactMap { DKIMName.of(selector: $0, domain: domain) }
    let next = (expected?.selectors ?? []).filter { $0.state == .published }.compactMap {
      DKIMName.of(selector: $0.label, domain: domain)
    }
    let probe = DKIMName.of(selector: snapshot.request.probeLabel, domain: domain)
    let wildcard = probe.flatMap { snapshot.answer($0, .txt) }
    let asked = snapshot.answers { answer in
      answer.question.type == .txt && answer.question.name != parent && answer.question.name != probe
        && answer.question.name.isAtOrBelow(parent)
        && answer.question.name != DKIMName.signingPractices(of: domain)
    }
    return asked.compactMap { answer in
      let name = answer.question.name
      let use: DKIMSelector.Use =
        switch true {
        case given.contains(name): .given
        case next.contains(name): .next
        case idle.contains(name): .idle
        default: .guessed
        }
      guard use != .guessed || given.isEmpty else { return nil }
      // What a wildcard says everywhere is no key of a guessed selector.
      guard use != .guessed || !answer.says(theSameAs: wildcard) else { return nil }
      let texts = answer.records.compactMap { if case .txt(let text) = $0.data { text.joined } else { nil } }
      return DKIMSelector(
        name: name, use: use, answer: answer,
        records: texts.map { DKIMKeyRecord($0) })
    }
  }
}

/// All selectors that are known to sign.
package struct DKIMSelectorSet: Subject {
  package let selectors: [DKIMSelector]

  package static func observe(_ facts: Facts) -> Observation<DKIMSelectorSet> {
    let selectors = facts.selectors.filter { $0.use == .given }
    guard !selectors.isEmpty else {
      let reason =
        facts.selectors.contains { !$0.candidates.isEmpty } ? NotTested.noSelectorGiven : .noSelector
      return Observation([], gaps: facts.role.sends ? [Gap(Place(facts.domain), .notTested(reason))] : [])
    }
    let gaps = selectors.filter { $0.answer.failure != nil }.map { Gap($0.answer) }
    return Observation(gaps.isEmpty ? [DKIMSelectorSet(selectors: selectors)] : [], gaps: gaps)
  }
}

/// What stands at a selector that nobody has published.
package struct DKIMWildcard: Subject {
  package let answer: Answer
  package let records: [DKIMKeyRecord]

  package static func observe(_ facts: Facts) -> Observation<DKIMWildcard> {
    guard let answer = facts.wildcardSelector, facts.role != .nonexistent else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let texts = answer.records.compactMap { if case .txt(let text) = $0.data { text.joined } else { nil } }
    let candidates = DKIMKeyRecord.candidates(in: texts)
    if candidates.isEmpty, !facts.role.sends { return .notApplicable }
    return Observation([DKIMWildcard(answer: answer, records: candidates)])
  }
}

extension Facts {
  /// The look-up of a selector that nobody has published, or of another that shows the same.
  fileprivate var wildcardSelector: Answer? {
    let probe = DKIMName.of(selector: snapshot.request.probeLabel, domain: domain)
    guard let answer = probe.flatMap({ snapshot.answer($0, .txt) }) else {
      return selectors.map(\.answer).first { DKIMName.disprovesWildcard($0, domain: domain) }
    }
    return answer
  }
}

extension DKIMKeyRecord {
  /// The key that the record was meant to publish, where that is beyond doubt: the record without zone-file quoting, or
  /// with the type that its key has.
  package var meantPublication: DKIMKeyPublication? {
    let kinds = Set(faults.map(\.kind))
    if kinds.contains(.zoneFileQuoting) {
      let signs = Set("\"\\()".utf8)
      return DKIMKeyRecord(octets.filter { !signs.contains($0) }).publication
    }
    if kinds.contains(.keyTypeMismatch(declared: .rsa, found: .ed25519Octets)) {
      return tags["p"].flatMap { Encoding.decodeBase64($0.unfoldedValue) }.map {
        DKIMKeyPublication(key: .ed25519($0), flags: flags)
      }
    }
    if kinds.contains(where: { if case .ed25519Length = $0 { true } else { false } }),
      let octets = tags["p"].flatMap({ Encoding.decodeBase64($0.unfoldedValue) }),
      let key = try? PublicKey(der: octets), case .ed25519(let bare) = key.material
    {
      return DKIMKeyPublication(key: .ed25519(bare), flags: flags)
    }
    return nil
  }
}

extension DKIMKeyRecord {
  /// A record that calls itself DKIM, but of a version that does not exist.
  package var isOfAnotherVersion: Bool {
    usability == .ignored && tags["v"]?.value.map(\.lowercasedASCII).starts(with: "dkim".utf8) == true
  }
}
