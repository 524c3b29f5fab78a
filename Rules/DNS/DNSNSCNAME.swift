import DNSData
package import Verdict

extension Rule {
  package static let dnsNSCNAME = Rule(
    "dns.ns-cname",
    "A name server's name is an alias",
    about: ZoneNames.self,
    severity: .medium,
    why:
      "Name servers hand out addresses beside NS records, and an alias has none. Many resolvers give up there.",
    fix: "Name the server in the NS record by the name that has its addresses.",
    references: [.rfc(2181, "10.3"), .rfc(1912, "2.4")],
    examples: [
      .flags(
        "an alias", at: ["alias.example.com."], nameServers: .sound,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ NS ns1
        @ NS alias
        alias CNAME ns2
        ns1 A 192.0.2.53
        ns2 A 198.51.100.53
        """),
      .passes("names with addresses", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { names, _ in
    names.servers.compactMap { server in
      let answers = [server.a, server.aaaa].compactMap(\.self)
      guard let answer = answers.first(where: { $0.aliases.first?.name == server.host }),
        case .cname(let target) = answer.aliases.first?.data
      else { return nil }
      return Fault(
        in: answer, "\(server.host), a name server of \(names.zone), is an alias for \(target).",
        expected: "address records of its own")
    }
  }
}
