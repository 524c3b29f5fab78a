import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsAXFROpen = Rule(
    "dns.axfr-open",
    "A name server hands the whole zone to anybody",
    about: ZoneServers.self,
    severity: .low,
    why: "All names become known at once, those of internal hosts and forgotten tests among them.",
    fix: "Allow zone transfers to the secondary servers alone, by address or better by key (TSIG).",
    references: [.rfc(5936, "6")],
    examples: [
      .flags(
        "one does", at: ["ns2.example.com."], nameServers: .sick(.transfers),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("none does", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    zone.speaking.compactMap { view in
      guard case .records = view.answer(Question(zone.zone, .axfr), .stream)?.message?.outcome else {
        return nil
      }
      return Fault(
        at: view.place, saidBy: view.responder,
        "\(view.title) begins a transfer of \(zone.zone) for strangers.",
        expected: "REFUSED")
    }
  }
}
