import DNSData
import Expectation

/// From the key of a certificate to the next (RFC 7671 §8.1): publish the next key's TLSA record beside the current
/// one, wait for two TTLs, change the certificate, then remove the old record.
struct PinRollover {
  private let host: ExpectedHost
  private let now: Timestamp

  init(_ host: ExpectedHost, at now: Timestamp) {
    self.host = host
    self.now = now
  }

  func procedure(_ live: inout LiveZone) -> Plan.Procedure? {
    guard let next = host.pins.first(where: { $0.stage == .next }),
      let name = try? host.name.prepending("_25._tcp")
    else { return nil }
    let found = live.answer(name, .tlsa)
    let negative = live.negativeTTL(at: name)
    guard let found, found.aliases.isEmpty else { return nil }
    let ttl = found.records.map(\.ttl).max() ?? host.ttl ?? ZoneFile.defaultTTL
    let wait = Plan.Wait(
      seconds: max(2 * Int64(ttl), found.records.isEmpty ? Int64(negative ?? ttl) : 0),
      reason: .pins(ttl: ttl))
    let wanted = host.pins.map { Record(name, ttl: ttl, .tlsa($0.record)) }
    let missing = wanted.filter { record in !found.records.contains { $0.data == record.data } }
    let isLive = !missing.contains { $0.data == .tlsa(next.record) }
    let moment = isLive ? now : now.adding(wait.seconds)
    let old = (found.records + wanted).filter { $0.data != .tlsa(next.record) }
    return Plan.Procedure(
      subject: .tlsa(host.name),
      steps: [
        Plan.Step(.publishPin(file: next.file), publish: missing, isLive && missing.isEmpty ? .done : .due),
        Plan.Step(
          .deployCertificate(file: next.file), after: wait, isLive ? .due : .waiting(until: moment)),
        Plan.Step(
          .removePins,
          remove: old.reduce(into: []) { kept, record in
            if !kept.contains(where: { $0.data == record.data }) { kept.append(record) }
          }, .waiting(until: moment)),
      ])
  }
}
