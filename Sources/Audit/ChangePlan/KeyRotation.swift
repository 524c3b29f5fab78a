import DKIM
import DNSData
import Evidence
import Expectation

/// From one DKIM key to the next: publish the new one, wait until every resolver can know it, sign with it, stop
/// signing with the old one, keep that for mail on its way, remove it.
struct KeyRotation {
  private let domain: ExpectedDomain
  private let now: Timestamp

  init(_ domain: ExpectedDomain, at now: Timestamp) {
    self.domain = domain
    self.now = now
  }

  /// A selector and what stands there.
  fileprivate struct Key {
    let selector: ExpectedSelector
    let name: Name
    let records: [Record]
    let found: DKIMKeyRecord?
    /// For how long resolvers may hold it, in seconds.
    let ttl: UInt32
    /// What a record of it is published with.
    let published: UInt32?

    /// Verifiers that know the one do not know the other: one cannot stand in for the other.
    var isEd25519: Bool {
      if case .ed25519? = selector.key?.key { return true }
      return selector.key == nil && found?.keyType == .ed25519
    }

    var bits: Int? {
      if let key = selector.key { return key.rsaBits }
      if case .rsa(let key, _)? = found?.key { return key.bits }
      return nil
    }

    var isWeak: Bool { bits.map { $0 < 2048 } ?? false }

    /// What is expected stands there already.
    var isLive: Bool {
      guard let found, let identity = found.key.identity else { return false }
      return selector.key.flatMap(\.identity).map { $0 == identity } ?? true
    }

    var wanted: [Record] {
      selector.key.map { [Record(name, ttl: published ?? ZoneFile.defaultTTL, .txt(TXT($0.description)))] }
        ?? []
    }
  }

  func procedure(_ live: inout LiveZone) -> Plan.Procedure? {
    let keys = domain.selectors.compactMap { key($0, &live) }
    let negative = live.negativeTTL(at: domain.name)
    guard keys.count == domain.selectors.count else { return nil }
    let steps = replacement(keys, negative) + keys.flatMap(ending)
    return Plan.Procedure(subject: .dkim, steps: steps)
  }

  private func key(_ selector: ExpectedSelector, _ live: inout LiveZone) -> Key? {
    guard let name = DKIMName.of(selector: selector.label, domain: domain.name),
      let answer = live.answer(name, .txt)
    else { return nil }
    let texts = answer.records.compactMap { record -> (Record, DKIMKeyRecord)? in
      guard case .txt(let text) = record.data else { return nil }
      let key = DKIMKeyRecord(text.joined)
      return key.usability == .ignored ? nil : (record, key)
    }
    return Key(
      selector: selector, name: name, records: texts.map(\.0), found: texts.first?.1,
      ttl: LiveZone.ttl(of: texts.map(\.0), in: answer, expected: domain.ttl), published: domain.ttl)
  }

  // MARK: - The new key and the old one

  private func replacement(_ keys: [Key], _ negative: UInt32) -> [Plan.Step] {
    let signing = keys.filter { $0.selector.signs(at: now) && $0.isLive }
    // What signs without a record is no better than what is still to come.
    let successors = keys.filter { key in
      [.planned, .published].contains(key.selector.state) || (key.selector.state == .signing && !key.isLive)
    }
    let weak = signing.filter { $0.isWeak && !$0.isRetiring }
    let isStrong = signing.contains { !$0.isEd25519 && !$0.isWeak && !$0.isRetiring }
    guard !successors.isEmpty else {
      guard !weak.isEmpty else { return [] }
      // Both sign: the weak one may stop. Alone, it has no successor yet.
      return isStrong ? leave(weak, from: now, .due) : begin(replacing: weak, negative)
    }
    return [false, true].flatMap { isEd25519 in
      let made = successors.filter { $0.isEd25519 == isEd25519 }.map { introduce($0, negative) }
      guard let start = made.map(\.1).max() else { return [] as [Plan.Step] }
      let old = signing.filter { $0.isEd25519 == isEd25519 && !$0.isRetiring }
      return made.flatMap(\.0) + leave(old, from: start, .waiting(until: start))
    }
  }

  private func begin(replacing old: [Key], _ negative: UInt32) -> [Plan.Step] {
    let label = freshLabel
    guard let name = DKIMName.of(selector: label, domain: domain.name) else { return [] }
    let key = Key(
      selector: ExpectedSelector(label, .planned), name: name, records: [], found: nil,
      ttl: domain.ttl ?? ZoneFile.defaultTTL, published: domain.ttl)
    let (steps, start) = introduce(key, negative)
    return [Plan.Step(.makeKey(selector: label), .due)] + steps
      + leave(old, from: start, .waiting(until: start))
  }

  /// With the month in it, so that nobody is tempted to use it twice.
  private var freshLabel: String {
    let month = "rsa-" + now.description.prefix(7)
    let taken = Set(domain.selectors.map(\.label))
    return ([month] + (2...99).map { "\(month)-\($0)" }).first { !taken.contains($0) } ?? month
  }

  /// The steps up to the first signature, and its moment.
  private func introduce(_ key: Key, _ negative: UInt32) -> ([Plan.Step], Timestamp) {
    let wait = Plan.Wait(
      seconds: Int64(max(key.ttl, negative)), reason: .caches(ttl: key.ttl, negative: negative))
    let label = key.selector.label
    guard key.isLive else {
      let start = now.adding(wait.seconds)
      return (
        [
          Plan.Step(.publishKey(selector: label), publish: key.wanted, remove: key.records, .due),
          Plan.Step(.startSigning(selector: label), after: wait, .waiting(until: start)),
        ], start
      )
    }
    return (
      [
        Plan.Step(.publishKey(selector: label), publish: key.wanted, .done),
        Plan.Step(.startSigning(selector: label), after: wait, .due),
      ], now
    )
  }

  private func leave(_ old: [Key], from start: Timestamp, _ standing: Plan.Standing) -> [Plan.Step] {
    let stops = old.map { Plan.Step(.stopSigning(selector: $0.selector.label), standing) }
    let removals = old.map { key in
      let wait = retirement(key)
      return Plan.Step(
        .removeKey(selector: key.selector.label), remove: key.records, after: wait,
        .waiting(until: start.adding(wait.seconds)))
    }
    return stops + removals
  }

  private func retirement(_ key: Key) -> Plan.Wait {
    Plan.Wait(seconds: ExpectedSelector.retirement(ttl: key.ttl), reason: .queues(ttl: key.ttl))
  }

  // MARK: - Keys at their end

  private func ending(_ key: Key) -> [Plan.Step] {
    let isThere = key.found.map { $0.key != .revoked } ?? false
    guard isThere else { return [] }
    let label = key.selector.label
    switch key.selector.state {
    case .planned, .published, .signing: return []
    case .retiring(let since):
      let wait = retirement(key)
      let end = since.adding(wait.seconds)
      let stop = Plan.Step(
        .stopSigning(selector: label), now < since ? .waiting(until: since) : .done)
      return [
        stop,
        Plan.Step(
          .removeKey(selector: label), remove: key.records, after: wait,
          now < end ? .waiting(until: end) : .due),
      ]
    case .retired: return [Plan.Step(.removeKey(selector: label), remove: key.records, .due)]
    case .revoked:
      let empty = DKIMKeyPublication(key: .revoked)
      return [
        Plan.Step(
          .revokeKey(selector: label),
          publish: [Record(key.name, ttl: key.ttl, .txt(TXT(empty.description)))],
          remove: key.records, .due)
      ]
    }
  }
}

extension KeyRotation.Key {
  /// It has its own last steps.
  fileprivate var isRetiring: Bool {
    if case .retiring = selector.state { true } else { false }
  }
}
