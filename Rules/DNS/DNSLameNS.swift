package import Verdict

extension Rule {
  package static let dnsLameNS = Rule(
    "dns.lame-ns",
    "A name server of the domain does not speak for it",
    about: ZoneServers.self,
    severity: .high,
    why: """
      Resolvers choose among the servers as they like. Whoever comes to this one learns nothing, tries again \
      later or gives up: a part of the mail is deferred, and nobody sees why.
      """,
    fix: "Have the server load the zone, or take it out of the NS records here and at the registrar.",
    references: [.rfc(1034, "4.2.1"), .rfc(9499, "7")],
    examples: [
      .flags(
        "REFUSED", at: ["ns2.example.com."], nameServers: .sick(.responds(5)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "SERVFAIL, as from an expired secondary", at: ["ns2.example.com."], nameServers: .sick(.responds(2)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "an answer without authority", at: ["ns2.example.com."], nameServers: .sick(.notAuthoritative),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "an upward referral", at: ["ns2.example.com."], nameServers: .sick(.refersUp),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("all speak", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a silent one is dns.ns-unreachable", nameServers: .sick(.silent), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "REFUSED over UDP alone, as where rates are limited", nameServers: .sick(.rejects(.usual, 5)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    zone.views.compactMap { view in
      guard case .lame(let lameness) = view.standing, lameness != .alias else { return nil }
      return Fault(
        at: view.place, saidBy: view.responder,
        "\(view.title) is a name server of \(zone.zone), and \(lameness.predicate).",
        expected: "an SOA record of \(zone.zone), with authority")
    }
  }
}

extension NameServerView.Lameness {
  fileprivate var predicate: Message {
    switch self {
    case .responds(let code): "answers \(ResponseCode(code).title)"
    case .unreadable: "answers with what cannot be read"
    case .notAuthoritative: "answers without authority"
    case .refers(let name): "refers to the servers of \(name)"
    case .alias: "says that it is an alias"
    case .noZone: "says that there is no such zone"
    }
  }
}
