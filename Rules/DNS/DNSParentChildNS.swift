import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsParentChildNS = Rule(
    "dns.parent-child-ns",
    "The zone above names other name servers than the zone itself",
    about: ZoneServers.self,
    severity: .medium,
    why: """
      Resolvers begin with what the zone above says. A server that is named there alone may be long forgotten \
      and hold old records; one that is named here alone is hardly ever asked.
      """,
    fix: "Make both lists the same: NS records in the zone, name servers at the registrar.",
    references: [.rfc(1034, "4.2.2"), .rfc(7477, "1")],
    examples: [
      .flags(
        "an old one at the registrar", at: ["example.com."], nameServers: .sound,
        delegation: "@ NS ns1\n@ NS ns2\n@ NS old.vendor.example.\nns1 A 192.0.2.53\nns2 A 198.51.100.53",
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a new one in the zone alone", at: ["example.com."], nameServers: .sound,
        delegation: "@ NS ns1\nns1 A 192.0.2.53", "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "one that serves the zone, and has no NS record", at: ["example.com."], nameServers: .sound,
        delegation: "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.53\nns2 A 198.51.100.53",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ NS ns1
        ns1 A 192.0.2.53
        ns1 AAAA 2001:db8::53
        ns2 A 198.51.100.53
        ns2 AAAA 2001:db8:1::53
        """),
      .passes("the same", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "where the servers themselves differ that is dns.ns-inconsistent",
        nameServers: .sick(changes: "@ NS ns1"), delegation: "@ NS ns1\nns1 A 192.0.2.53",
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    let own = zone.statements(about: Question(zone.zone, .ns)).map { ($0.statement.nameServers, $0.views) }
    guard let (published, views) = own.first, !own.contains(where: { $0.0.isEmpty }) else { return [] }
    var seen: Set<Set<Name>> = []
    return zone.delegations(in: facts).compactMap { server, referral in
      let delegated = Set(referral.servers)
      guard !own.contains(where: { $0.0 == delegated }), seen.insert(delegated).inserted else { return nil }
      let speaking = Set(zone.speaking.flatMap(\.names))
      let missing = delegated.subtracting(published).intersection(speaking).sorted()
      return Fault(
        at: Place(zone.zone, .ns), saidBy: .server(server),
        "The name servers of \(zone.zone) are others in the zone above than in the zone itself.",
        observed: """
          \(server.address) refers to \(delegated.titles); \(views.titles) \(own: views.count == 1 ? "names" : "name") \
          \(published.titles)
          """,
        expected: "the same name servers in both",
        mend: missing.isEmpty || !published.isSubset(of: delegated)
          ? nil
          : Mend(
            publish: missing.map { Record(zone.zone, ttl: ZoneFile.defaultTTL, .ns($0)) },
            note: "it is asked already, and has the zone"))
    }
  }
}

extension ServerStatement {
  fileprivate var nameServers: Set<Name> {
    guard case .records(let records) = self else { return [] }
    return Set(records.compactMap { if case .ns(let name) = $0 { name } else { nil } })
  }
}

extension Set<Name> {
  fileprivate var titles: Message { sorted().map { Message("\($0)") }.enumeration }
}
