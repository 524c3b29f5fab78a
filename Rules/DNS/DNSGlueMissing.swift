import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsGlueMissing = Rule(
    "dns.glue-missing",
    "Addresses of name servers in the zone above are missing or wrong",
    about: ZoneServers.self,
    severity: .high,
    why: """
      A name server whose name is inside its own zone is found by the address that the zone above keeps of it. \
      Without that, or with an old one, resolvers go nowhere, or to a stranger.
      """,
    fix: "Have the registrar enter the addresses of the name servers (host objects, glue) as they are now.",
    references: [.rfc(9471, "3"), .rfc(1034, "4.2.1")],
    examples: [
      .flags(
        "none at all", at: ["ns1.example.com.", "ns2.example.com."], nameServers: .sound,
        delegation: "@ NS ns1\n@ NS ns2", "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "that of one", at: ["ns2.example.com."], severity: .medium, nameServers: .sound,
        delegation: "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns1 AAAA 2001:db8::53",
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "an old address", at: ["ns2.example.com."], severity: .medium, nameServers: .sound,
        delegation: """
          @ NS ns1
          @ NS ns2
          ns1 A 192.0.2.53
          ns1 AAAA 2001:db8::53
          ns2 A 203.0.113.99
          ns2 AAAA 2001:db8:1::53
          """, "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "one family", at: ["ns2.example.com."], severity: .low, nameServers: .sound,
        delegation: "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns1 AAAA 2001:db8::53\nns2 A 198.51.100.53",
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("as the zone has them", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "names elsewhere need none", nameServers: .sound,
        delegation: "@ NS ns1.vendor.example.",
        "@ MX 10 mail\nmail A 192.0.2.1\n@ NS ns1.vendor.example.\nns1.vendor.example. A 192.0.2.53"),
    ]
  ) { zone, facts in
    guard let (server, referral) = zone.delegations(in: facts).first else { return [] }
    let inside = referral.servers.filter { $0.isAtOrBelow(zone.zone) }
    let isFindable = referral.servers.contains { name in
      !name.isAtOrBelow(zone.zone) || referral.glue.contains { $0.name == name }
    }
    return inside.sorted().compactMap { name in
      let glue = Set(referral.glue.filter { $0.name == name }.compactMap(\.address))
      let host = HostAddresses(name, in: facts)
      let place = Place(name)
      guard !glue.isEmpty else {
        return Fault(
          at: place, saidBy: .server(server), severity: isFindable ? .medium : .high,
          "\(server.address) refers to \(name) for \(zone.zone), and gives no address of it.",
          expected: host.addresses.isEmpty ? nil : host.addresses.titles)
      }
      let published = Set(host.addresses)
      guard host.gaps.isEmpty, !published.isEmpty, glue != published else { return nil }
      let isStale = !glue.isSubset(of: published)
      return Fault(
        at: place, saidBy: .server(server), severity: isStale ? .medium : .low,
        isStale
          ? "\(server.address) gives addresses of \(name) that it does not have."
          : "\(server.address) does not give all addresses of \(name).",
        observed: glue.sorted().titles, expected: published.sorted().titles)
    }
  }
}

extension [IPAddress] {
  fileprivate var titles: Message { map { Message("\($0)") }.enumeration }
}
