import DNSData
import Expectation
import MTASTS

/// New MX hosts under an MTA-STS policy (RFC 8461 §8.1): senders that hold the old policy refuse them. So the policy
/// names both first, under a new id, and the MX records change once senders have fetched it.
struct PolicyChange {
  private static let refresh: Int64 = 86_400  // seconds; RFC 8461 §10.2 suggests a day

  private let domain: ExpectedDomain
  private let now: Timestamp

  init(_ domain: ExpectedDomain, at now: Timestamp) {
    self.domain = domain
    self.now = now
  }

  func procedure(_ live: inout LiveZone) -> Plan.Procedure? {
    guard let policy = domain.mtasts, policy.mode != .none,
      let name = try? domain.name.prepending("_mta-sts")
    else { return nil }
    let exchangers = live.answer(domain.name, .mx)
    let texts = live.answer(name, .txt)
    guard let exchangers, let texts else { return nil }
    let wanted = domain.mx.map {
      Record(
        domain.name, ttl: domain.ttl ?? ZoneFile.defaultTTL,
        .mx(MX(preference: $0.preference, exchange: $0.host)))
    }
    let hosts = domain.mx.map(\.host)
    let old = exchangers.records.compactMap { record -> Name? in
      if case .mx(let mx) = record.data, !mx.isNull { mx.exchange } else { nil }
    }.filter { !hosts.contains($0) }
    let isNew = hosts.contains { host in
      !exchangers.records.contains { if case .mx(let mx) = $0.data { mx.exchange == host } else { false } }
    }
    let records = texts.records.filter { Self.read($0) != nil }
    // Without a record no policy is in force, and without a new host none can be in its way.
    guard isNew, texts.aliases.isEmpty, !records.isEmpty else { return nil }
    // Nothing in the DNS tells what the policy says: the first step stands until the MX records are changed.
    let ttl = LiveZone.ttl(of: records, in: texts, expected: domain.ttl)
    let fetched = Plan.Wait(
      seconds: Int64(ttl) + Self.refresh, reason: .policies(ttl: ttl, maxAge: policy.maxAge))
    let known = LiveZone.ttl(of: exchangers.records, in: exchangers, expected: domain.ttl)
    let forgotten = Plan.Wait(seconds: Int64(known), reason: .exchangers(ttl: known))
    let change = now.adding(fetched.seconds)
    return Plan.Procedure(
      subject: .mtasts,
      steps: [
        Plan.Step(
          .publishPolicy(hosts: old + hosts), publish: [record(name, at: now)], remove: records, .due),
        Plan.Step(
          .changeExchangers,
          publish: wanted.filter { new in !exchangers.records.contains { $0.data == new.data } },
          remove: exchangers.records.filter { old in !wanted.contains { $0.data == old.data } },
          after: fetched, .waiting(until: change)),
        Plan.Step(
          .publishPolicy(hosts: hosts), publish: [record(name, at: change.adding(forgotten.seconds))],
          remove: [record(name, at: now)],
          after: forgotten, .waiting(until: change.adding(forgotten.seconds))),
      ].prefix(old.isEmpty ? 2 : 3).map(\.self))
  }

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
