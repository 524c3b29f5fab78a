package import Verdict

extension Rule {
  package static let dnsNSCount = Rule(
    "dns.ns-count",
    "The domain hangs on a single name server",
    about: ZoneNames.self,
    severity: .medium,
    why:
      "When it fails, nothing of the domain can be found: mail to it waits, mail from it fails its checks.",
    fix: "Run a second name server elsewhere, and publish its NS record here and at the registrar.",
    references: [.rfc(1034, "4.1"), .rfc(2182, "5")],
    examples: [
      .flags(
        "one name", at: ["example.com."], nameServers: [ExampleNameServer("ns1", "192.0.2.53")],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "two names for one machine", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns2", "192.0.2.53"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("two", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    guard names.isSingle else { return [] }
    return [
      Fault(
        in: names.answer,
        names.servers.count < 2
          ? "\(names.zone) has one name server." : "The name servers of \(names.zone) are one machine.",
        observed: names.servers.map { Message("\($0.host)") }.enumeration,
        expected: "two name servers at two addresses")
    ]
  }
}
