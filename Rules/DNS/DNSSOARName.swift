import DNSData
package import Verdict

extension Rule {
  package static let dnsSOARName = Rule(
    "dns.soa-rname",
    "The mailbox in the SOA record is none",
    about: ZoneServers.self,
    severity: .low,
    why: "Whoever sees that something is wrong with the zone writes there.",
    fix:
      "Write the address with a dot in place of `@`: `hostmaster.example.com.` for hostmaster@example.com.",
    references: [.rfc(1035, "3.3.13"), .rfc(2142, "7")],
    examples: [
      .flags(
        "written with @", at: ["example.com."],
        nameServers: [
          ExampleNameServer(
            "ns1", "192.0.2.53", changes: #"@ SOA ns host\064example.com. 1 14400 3600 1209600 300"#)
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "none", at: ["example.com."],
        nameServers: [ExampleNameServer("ns1", "192.0.2.53", changes: "@ SOA ns . 1 14400 3600 1209600 300")],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags("in a domain that takes no mail", at: ["example.com."], nameServers: .sound, "@ MX 0 ."),
      .passes(
        "a dot in the local part",
        nameServers: [
          ExampleNameServer(
            "ns1", "192.0.2.53", changes: #"@ SOA ns host\.master 1 14400 3600 1209600 300"#)
        ], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("hostmaster", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    guard let view = zone.speaking.first, let mailbox = view.soa?.mailbox else { return [] }
    func fault(_ message: Message) -> [Fault] {
      [
        Fault(
          at: Place(zone.zone, .soa), saidBy: view.responder, message,
          observed: "\(foreign: mailbox.description)")
      ]
    }
    if mailbox.labelCount < 2 { return fault("The SOA record of \(zone.zone) names no mailbox.") }
    if mailbox.labels.contains(where: { $0.contains(UInt8(ascii: "@")) }) {
      return fault("The mailbox in the SOA record of \(zone.zone) is written with @.")
    }
    let exchangers = (facts.mx?.records ?? []).compactMap(\.exchanger)
    guard mailbox.parent == facts.domain, !exchangers.isEmpty, exchangers.allSatisfy(\.isNull) else {
      return []
    }
    return fault("The mailbox in the SOA record of \(zone.zone) is in \(facts.domain), which takes no mail.")
  }
}
