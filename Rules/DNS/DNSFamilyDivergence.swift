import DNSData
package import Verdict

extension Rule {
  package static let dnsFamilyDivergence = Rule(
    "dns.family-divergence",
    "Over IPv4 the name servers say something else than over IPv6",
    about: ZoneServers.self,
    severity: .high,
    why: """
      Which records a receiver sees hangs on the protocol that its resolver happens to use. Most likely one set \
      of servers was forgotten when the zone changed.
      """,
    fix: "Have the servers at the addresses of both families load the same zone.",
    references: [.rfc(10001, "4.1"), .rfc(1034, "4.3.5")],
    examples: [
      .flags(
        "the MX records", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"),
          ExampleNameServer("ns1", "2001:db8::53", changes: "@ MX 10 old"),
          ExampleNameServer("ns2", "198.51.100.53"),
          ExampleNameServer("ns2", "2001:db8:1::53", changes: "@ MX 10 old"),
        ], "@ MX 10 mail\nmail A 192.0.2.1\nold A 192.0.2.9"),
      .passes("all say the same", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one server differs at both addresses: dns.ns-inconsistent",
        nameServers: .sick(changes: "@ MX 10 old"), "@ MX 10 mail\nmail A 192.0.2.1\nold A 192.0.2.9"),
    ]
  ) { zone, facts in
    zone.disagreements(in: facts).compactMap { disagreement in
      guard disagreement.isByFamily, let severity = disagreement.severity else { return nil }
      return disagreement.fault(
        "IPv4 and IPv6 lead to different answers about \(disagreement.question.name) \(disagreement.question.type)",
        severity: severity)
    }
  }
}
