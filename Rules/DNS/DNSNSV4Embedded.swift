import DNSData
package import Verdict

extension Rule {
  package static let dnsNSV4Embedded = Rule(
    "dns.ns-v4-embedded",
    "A name server's IPv6 address is an IPv4 address in disguise",
    about: ZoneNames.self,
    severity: .medium,
    why: "Such addresses mean something inside one machine. On the Internet nothing can be reached there.",
    fix: "Publish the server's real IPv6 address, or none.",
    references: [.rfc(10001, "4.1"), .rfc(4291, "2.5.5")],
    examples: [
      .flags(
        "mapped", at: ["ns1.example.com."], nameServers: .sound,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ NS ns1
        @ NS ns2
        ns1 A 192.0.2.53
        ns1 AAAA ::ffff:192.0.2.53
        ns2 A 198.51.100.53
        """),
      .passes("real ones", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    names.servers.flatMap { server in
      (server.aaaa?.records ?? []).compactMap { record in
        guard let answer = server.aaaa, case .aaaa(let address) = record.data, address.holdsIPv4 else {
          return nil
        }
        return Fault(
          in: answer,
          "\(server.host), a name server of \(names.zone), has the address \(.v6(address)), which holds an IPv4 address.",
          mend: answer.aliases.isEmpty ? Mend(remove: [record]) : nil)
      }
    }
  }
}

extension IPv6Address {
  /// ::ffff:0:0/96, or the deprecated ::/96 without the unspecified address and loopback.
  fileprivate var holdsIPv4: Bool {
    let high = rawValue >> 32
    return high == 0xFFFF || (high == 0 && rawValue > 1)
  }
}
