import DNSData
import Expectation
import MTASTS

/// What an MTA-STS policy makes a matter of time: new MX hosts, which senders that hold the old policy refuse, so that
/// it names both first and the MX records change once senders have fetched it (RFC 8461 §8.1); and its removal (§8.3).
struct PolicyChange {
  private static let refresh: Int64 = 86_400  // seconds; RFC 8461 §10.2 suggests a day

  private let domain: ExpectedDomain
  /// That which is live; nil if nobody knows.
  private let policy: MTASTSPolicy?
  private let now: Timestamp

  init(_ domain: ExpectedDomain, served policy: MTASTSPolicy?, at now: Timestamp) {
    self.domain = domain
    self.policy = policy
    self.now = now
  }

  func procedure(_ live: inout LiveZone) -> Plan.Procedure? {
    guard let wanted = domain.mtasts, let name = try? domain.name.prepending(MTASTSDiscovery.prefix) else {
      return nil
    }
    return wanted.mode == .none ? removal(of: wanted, at: name, &live) : change(to: wanted, at: name, &live)
  }

  // MARK: - New MX hosts

  private func change(
    to wanted: ExpectedMTASTS, at name: Name, _ live: inout LiveZone
  ) -> Plan.Procedure? {
    let exchangers = live.answer(domain.name, .mx)
    let texts = live.answer(name, .txt)
    guard let exchangers, let texts else { return nil }
    let hosts = domain.mx.map(\.host)
    let published = exchangers.records.compactMap { record -> Name? in
      if case .mx(let mx) = record.data, !mx.isNull { mx.exchange } else { nil }
    }
    let old = published.filter { !hosts.contains($0) }
    let records = texts.records.filter { Self.read($0) != nil }
    // Without a record, or in mode none, no policy is in force, and without a new host none can be in its way.
    guard !hosts.allSatisfy(published.contains), texts.aliases.isEmpty, !records.isEmpty,
      policy?.mode != MTASTSMode.none
    else { return nil }
    // Where nobody knows what the policy says, the first step stands until the MX records are changed.
    let isServed = policy.map { (old + hosts).allSatisfy($0.covers) } ?? false
    let ttl = LiveZone.ttl(of: records, in: texts, expected: domain.ttl)
    let refresh = min(Self.refresh, policy?.maxAge.map(Int64.init) ?? Self.refresh)
    let fetched = Plan.Wait(
      seconds: Int64(ttl) + refresh,
      reason: .policies(ttl: ttl, maxAge: policy?.maxAge ?? wanted.maxAge))
    let known = LiveZone.ttl(of: exchangers.records, in: exchangers, expected: domain.ttl)
    let forgotten = Plan.Wait(seconds: Int64(known), reason: .exchangers(ttl: known))
    let change = isServed ? now : now.adding(fetched.seconds)
    let between = isServed ? records : [record(name, at: now)]
    let meant = domain.mx.map {
      Record(
        domain.name, ttl: domain.ttl ?? ZoneFile.defaultTTL,
        .mx(MX(preference: $0.preference, exchange: $0.host)))
    }
    return Plan.Procedure(
      subject: .mtasts,
      steps: [
        isServed
          ? Plan.Step(.publishPolicy(hosts: old + hosts), .done)
          : Plan.Step(.publishPolicy(hosts: old + hosts), publish: between, remove: records, .due),
        Plan.Step(
          .changeExchangers,
          publish: meant.filter { new in !exchangers.records.contains { $0.data == new.data } },
          remove: exchangers.records.filter { old in !meant.contains { $0.data == old.data } },
          after: fetched, isServed ? .due : .waiting(until: change)),
        Plan.Step(
          .publishPolicy(hosts: hosts), publish: [record(name, at: change.adding(forgotten.seconds))],
          remove: between, after: forgotten, .waiting(until: change.adding(forgotten.seconds))),
      ].prefix(old.isEmpty ? 2 : 3).map(\.self))
  }

  // MARK: - Removal

  /// A policy in mode none takes the place of the old one, and goes with its record and its host when no sender can
  /// hold the old one any more.
  private func removal(
    of wanted: ExpectedMTASTS, at name: Name, _ live: inout LiveZone
  ) -> Plan.Procedure? {
    guard let host = MTASTSDiscovery.policyHost(for: domain.name) else { return nil }
    let texts = live.answer(name, .txt)
    let addresses = [live.answer(host, .a), live.answer(host, .aaaa)].compactMap(\.self)
    guard let texts, addresses.count == 2 else { return nil }
    let records = texts.records.filter { Self.read($0) != nil }
    guard texts.aliases.isEmpty, !records.isEmpty else { return nil }
    let isWithdrawn = policy?.mode == MTASTSMode.none
    // Of the policy before that one nothing is left but what the file says.
    let maxAge = isWithdrawn ? wanted.maxAge : policy?.maxAge ?? wanted.maxAge
    let expired = Plan.Wait(seconds: Int64(maxAge), reason: .expiry(maxAge: maxAge))
    let between = isWithdrawn ? records : [record(name, at: now)]
    let alias = addresses.flatMap(\.aliases).first
    return Plan.Procedure(
      subject: .mtasts,
      steps: [
        isWithdrawn
          ? Plan.Step(.withdrawPolicy, .done)
          : Plan.Step(.withdrawPolicy, publish: between, remove: records, .due),
        Plan.Step(
          .removePolicy, remove: between + (alias.map { [$0] } ?? addresses.flatMap(\.records)),
          after: expired, isWithdrawn ? .due : .waiting(until: now.adding(expired.seconds))),
      ])
  }

  // MARK: - Records

  /// The moment makes an id that was never used: digits and letters (RFC 8461 §3.1).
  private func record(_ name: Name, at moment: Timestamp) -> Record {
    let id = moment.description.filter { $0 != "-" && $0 != ":" }
    return Record(
      name, ttl: domain.ttl ?? ZoneFile.defaultTTL, .txt(TXT("v=\(MTASTSRecord.version); id=\(id);")))
  }

  /// nil for what is no record of MTA-STS.
  private static func read(_ record: Record) -> MTASTSRecord? {
    guard case .txt(let text) = record.data else { return nil }
    let found = MTASTSRecord(text.joined)
    return found.usability == .ignored ? nil : found
  }
}
