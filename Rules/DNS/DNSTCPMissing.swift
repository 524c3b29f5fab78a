package import Verdict

extension Rule {
  package static let dnsTCPMissing = Rule(
    "dns.tcp-missing",
    "A name server does not answer over TCP",
    about: StreamService.self,
    severity: .high,
    why: """
      What is too large for a datagram is fetched over TCP: keys of 2048 bits, long SPF records, everything \
      that is signed. From this server nobody gets it.
      """,
    fix: "Open port 53 of the server for TCP, in its firewall and in its configuration.",
    references: [.rfc(7766, "5"), .rfc(9210, "3")],
    examples: [
      .flags(
        "one of two", at: ["ns2.example.com."], nameServers: .sick(.withoutTCP),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "all, while servers of the zone above answer", at: ["ns1.example.com.", "ns2.example.com."],
        nameServers: .allSick(.withoutTCP), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("all answer", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a silent one is dns.ns-unreachable", nameServers: .sick(.silent), "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { service, _ in
    guard service.isMissing else { return [] }
    let view = service.view
    return [
      Fault(
        at: view.place, saidBy: view.responder,
        "\(view.title), a name server of \(view.zone), answers over UDP, and not over TCP.",
        expected: "an answer over TCP, as others of its family give from here")
    ]
  }
}
