package import Verdict

extension Rule {
  package static let dnsNSIPv6Min = Rule(
    "dns.ns-ipv6-min",
    "Fewer than two name servers have an IPv6 address",
    about: ZoneNames.self,
    severity: .low,
    why: "Resolvers that have IPv6 alone cannot find the domain, or hang on one server.",
    fix: "Give at least two name servers an IPv6 address each.",
    references: [.rfc(10001, "4.1")],
    examples: [
      .flags(
        "none", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns2", "198.51.100.53"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("two", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    guard names.isComplete, names.addresses(.v6).count < 2 else { return [] }
    return [
      Fault(
        in: names.answer,
        "Of the name servers of \(names.zone), \(names.addresses(.v6).count) can be asked over IPv6.",
        expected: "two or more")
    ]
  }
}
