package import Verdict

extension Rule {
  package static let dnsNSIPv4Min = Rule(
    "dns.ns-ipv4-min",
    "Fewer than two name servers have an IPv4 address",
    about: ZoneNames.self,
    severity: .medium,
    why: "Resolvers without IPv6 have one server or none to ask, and many have no IPv6.",
    fix: "Give at least two name servers an IPv4 address each.",
    references: [.rfc(10001, "4.1")],
    examples: [
      .flags(
        "the second has IPv6 alone", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns1", "2001:db8::53"),
          ExampleNameServer("ns2", "2001:db8:1::53"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("two", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a single server is dns.ns-count", nameServers: [ExampleNameServer("ns1", "192.0.2.53")],
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    guard names.isComplete, !names.isSingle, names.addresses(.v4).count < 2 else { return [] }
    return [
      Fault(
        in: names.answer,
        "Of the name servers of \(names.zone), \(names.addresses(.v4).count) can be asked over IPv4.",
        expected: "two or more")
    ]
  }
}
