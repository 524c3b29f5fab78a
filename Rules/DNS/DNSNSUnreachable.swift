import DNSData
package import Verdict

extension Rule {
  package static let dnsNSUnreachable = Rule(
    "dns.ns-unreachable",
    "A name server of the domain does not answer",
    about: ZoneServers.self,
    severity: .high,
    why: """
      Resolvers that try it wait in vain before they go on to another. With fewer than two left, the next \
      failure takes the domain and its mail off the Internet.
      """,
    fix: """
      Start the server, or open its port 53 for UDP and TCP. If it is gone, take it out of the NS records here \
      and at the registrar.
      """,
    references: [.rfc(2182, "5"), .rfc(10001, "4.1")],
    examples: [
      .flags(
        "one of two", at: ["ns2.example.com."], nameServers: .sick(.silent),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "one family of one of three", at: ["ns3.example.com."], severity: .medium,
        nameServers: .sound + [
          ExampleNameServer("ns3", "203.0.113.54", [.silent]), ExampleNameServer("ns3", "2001:db8:3::53"),
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "over TCP alone", at: ["ns2.example.com."], nameServers: .sick(.withoutUDP),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "no address at all", at: ["gone.example.com."], nameServers: .sound,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ NS ns1
        @ NS gone
        ns1 A 192.0.2.53
        ns1 AAAA 2001:db8::53
        """),
      .passes("all answer", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    let silent = zone.views.filter(\.isDown)
    let addressless = zone.authority.servers.map { HostAddresses($0.name, in: facts) }.filter {
      $0.isNoSuchName || $0.isProvenEmpty
    }
    let lost = Set(addressless.map(\.host))
    let left = zone.authority.servers.filter { server in
      !lost.contains(server.name)
        && (server.addresses.isEmpty || zone.views.contains { $0.names.contains(server.name) && !$0.isDown })
    }
    let severity: Severity = left.count < 2 ? .high : .medium
    return silent.map { view in
      Fault(
        at: view.place, saidBy: view.responder, severity: severity,
        view.standing == .silent
          ? "\(view.title), a name server of \(zone.zone), answers neither over UDP nor over TCP."
          : "\(view.title), a name server of \(zone.zone), answers over TCP, and not over UDP.",
        expected: "an answer, as others of its family give from here")
    }
      + addressless.compactMap { server in
        server.witness.map {
          Fault(
            in: $0, severity: severity,
            "\(server.host), a name server of \(zone.zone), has no address: nobody can ask it.")
        }
      }
  }
}

extension NameServerView {
  /// Over UDP, where every resolver begins.
  fileprivate var isDown: Bool {
    let soa = Question(zone, .soa)
    return standing == .silent || (isSilent(soa, .usual) && isSilent(soa, .withoutEDNS))
  }
}
