import DNSData
package import Verdict

extension Rule {
  package static let dnsNSSameNetwork = Rule(
    "dns.ns-same-network",
    "All name servers are in one network",
    about: ZoneNames.self,
    severity: .low,
    why: "What takes down this network, its router or its line, takes all of them down.",
    fix: "Have one of the name servers run elsewhere. With anycast one network may be many places.",
    references: [.rfc(2182, "3.1")],
    examples: [
      .flags(
        "one /24", at: ["example.com."],
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns2", "192.0.2.54"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("two networks", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "two networks of IPv6",
        nameServers: [
          ExampleNameServer("ns1", "192.0.2.53"), ExampleNameServer("ns2", "192.0.2.54"),
          ExampleNameServer("ns2", "2001:db8:1::53"), ExampleNameServer("ns1", "2001:db8::53"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    guard names.isComplete, !names.isSingle else { return [] }
    let networks = [names.networks(.v4, 24), names.networks(.v6, 48)].filter { !$0.isEmpty }
    guard !networks.isEmpty, networks.allSatisfy({ $0.count == 1 }) else { return [] }
    return [
      Fault(
        in: names.answer, "All name servers of \(names.zone) are in one network.",
        observed: networks.joined().map { Message("\($0)") }.enumeration)
    ]
  }
}

extension ZoneNames {
  /// The /24 or /48 of each.
  fileprivate func networks(_ family: AddressFamily, _ length: Int) -> [IPNetwork] {
    addresses(family).sorted().reduce(into: []) { networks, address in
      guard !networks.contains(where: { $0.contains(address) }) else { return }
      if let network = IPNetwork(address, prefixLength: length) { networks.append(network) }
    }
  }
}
