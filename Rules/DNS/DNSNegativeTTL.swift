import DNSData
package import Verdict

extension Rule {
  package static let dnsNegativeTTL = Rule(
    "dns.negative-ttl",
    "What is missing is remembered for more than a day",
    about: ZoneServers.self,
    severity: .low,
    why:
      "A record that is published now stays invisible for as long wherever somebody has asked for it before.",
    fix: "Lower the last field of the SOA record, such as to 3600.",
    references: [.rfc(2308, "5")],
    examples: [
      .flags(
        "two days", at: ["example.com."],
        nameServers: [
          ExampleNameServer(
            "ns1", "192.0.2.53", changes: "@ 604800 SOA ns hostmaster 1 14400 3600 1209600 172800")
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the TTL of the SOA record is less, and counts",
        nameServers: [
          ExampleNameServer(
            "ns1", "192.0.2.53", changes: "@ 3600 SOA ns hostmaster 1 14400 3600 1209600 172800")
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("five minutes", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    let soas = zone.speaking.lazy.compactMap { view -> (NameServerView, Record)? in
      let answer = view.answer(Question(zone.zone, .soa))?.message?.outcome
      guard case .records(let records, _) = answer, let record = records.first else { return nil }
      return (view, record)
    }
    guard let (view, record) = soas.first, case .soa(let soa) = record.data else { return [] }
    let time = min(record.ttl, soa.minimum)
    guard time > 86_400 else { return [] }
    return [
      Fault(
        at: Place(zone.zone, .soa), saidBy: view.responder,
        "That a name of \(zone.zone) has no record is remembered for \(Int(time)) seconds.",
        expected: "86400 seconds or less")
    ]
  }
}
