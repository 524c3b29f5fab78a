import DNSData
package import Verdict

extension Rule {
  package static let dnsSOATimers = Rule(
    "dns.soa-timers",
    "The times in the SOA record are out of the usual bounds",
    about: ZoneServers.self,
    severity: .low,
    why: """
      They say how secondary servers follow the primary: asked too often it is busy for nothing, and with a \
      short expiry one bad weekend of the primary takes all of them down.
      """,
    fix: "Use values such as `14400 3600 1209600 3600` (refresh, retry, expire, minimum).",
    references: [.rfc(1912, "2.2"), .rfc(2308, "5"), .practice("Zonemaster ZONE02 to ZONE06")],
    examples: [
      .flags(
        "an expiry of a day", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53", changes: "@ SOA ns hostmaster 1 14400 3600 86400 3600")
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "at a provider, who need not follow them", at: ["example.com."], severity: .info,
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53", changes: "@ SOA ns hostmaster 1 60 60 86400 3600")
        ],
        "@ MX 10 mail\nmail A 192.0.2.1\n@ NS ns1.vendor.example.\nns1.vendor.example. A 192.0.2.53"),
      .passes("usual values", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    guard let view = zone.speaking.first, let soa = view.soa else { return [] }
    let oddities = soa.oddities
    guard !oddities.isEmpty else { return [] }
    let isElsewhere = view.names.allSatisfy { facts.ownership(of: $0) == .thirdParty }
    return [
      Fault(
        at: Place(zone.zone, .soa), saidBy: view.responder, severity: isElsewhere ? .info : nil,
        "In the SOA record of \(zone.zone), \(oddities.enumeration).",
        observed:
          "refresh \(Int(soa.refresh)), retry \(Int(soa.retry)), expire \(Int(soa.expire)), minimum \(Int(soa.minimum))"
      )
    ]
  }
}

extension SOA {
  /// In seconds.
  private static let (hour, day): (UInt32, UInt32) = (3600, 86_400)

  fileprivate var oddities: [Message] {
    var oddities: [Message] = []
    if refresh < 4 * Self.hour { oddities.append("refresh is less than four hours") }
    if retry < Self.hour { oddities.append("retry is less than an hour") }
    if expire < 7 * Self.day { oddities.append("expire is less than a week") }
    if UInt64(expire) <= UInt64(refresh) + UInt64(retry) {
      oddities.append("expire leaves no time for a second try after refresh and retry")
    }
    if minimum < 300 { oddities.append("the minimum is less than five minutes") }
    return oddities
  }
}
