import DNSData
import Expectation

/// From the key of a certificate to the next (RFC 7671 §8.1): publish the next key's TLSA record beside the current
/// one, wait for two TTLs, change the certificate, then remove the old record.
struct PinRollover {
  private let host: ExpectedHost
  /// Of every port whose clients may look for them.
  private let names: [Name]
  private let now: Timestamp

  init(_ host: ExpectedHost, names: [Name], at now: Timestamp) {
    self.host = host
    self.names = names
    self.now = now
  }

  func procedure(_ live: inout LiveZone) -> Plan.Procedure? {
    guard let next = host.pins.first(where: { $0.stage == .next }), !names.isEmpty else { return nil }
    let found = names.map { live.answer($0, .tlsa) }.compactMap(\.self)
    let negative = live.negativeTTL(at: host.name)
    guard found.count == names.count, found.allSatisfy(\.aliases.isEmpty) else { return nil }
    let ttl =
      found.map { LiveZone.ttl(of: $0.records, in: $0, expected: host.ttl) }.max() ?? ZoneFile.defaultTTL
    let isNew = found.contains(where: \.records.isEmpty)
    let wait = Plan.Wait(seconds: max(2 * Int64(ttl), isNew ? Int64(negative) : 0), reason: .pins(ttl: ttl))
    let wanted = names.flatMap { name in
      host.pins.map { Record(name, ttl: host.ttl ?? ZoneFile.defaultTTL, .tlsa($0.record)) }
    }
    let published = found.flatMap(\.records)
    func isPublished(_ record: Record) -> Bool {
      published.contains { $0.name == record.name && $0.data == record.data }
    }
    let missing = wanted.filter { !isPublished($0) }
    let isLive = !missing.contains { $0.data == .tlsa(next.record) }
    let moment = isLive ? now : now.adding(wait.seconds)
    let old = (published + missing).filter { $0.data != .tlsa(next.record) }
    return Plan.Procedure(
      subject: .tlsa(host.name),
      steps: [
        Plan.Step(.publishPin(file: next.file), publish: missing, missing.isEmpty ? .done : .due),
        Plan.Step(
          .deployCertificate(file: next.file), after: wait, isLive ? .due : .waiting(until: moment)),
        Plan.Step(.removePins, remove: old, .waiting(until: moment)),
      ])
  }
}
