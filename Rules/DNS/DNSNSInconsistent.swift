import DNSData
package import Verdict

extension Rule {
  package static let dnsNSInconsistent = Rule(
    "dns.ns-inconsistent",
    "The name servers of the domain contradict each other",
    about: ZoneServers.self,
    severity: .high,
    why: """
      Which policy a receiver sees is left to chance: the same message passes now and fails a minute later, \
      and whoever looks into it finds nothing wrong.
      """,
    fix: """
      Find out why the zone does not reach all servers (transfers, notifications, a hidden primary), and wait \
      for the refresh time if it has just been changed.
      """,
    references: [.rfc(1034, "4.3.5"), .rfc(1996, "1")],
    examples: [
      .flags(
        "MX records", at: ["example.com."], nameServers: .sick(changes: "@ MX 10 old"),
        "@ MX 10 mail\nmail A 192.0.2.1\nold A 192.0.2.9"),
      .flags(
        "a policy that one lacks", at: ["_dmarc.example.com."],
        nameServers: .sick(zone: "@ MX 10 mail\nmail A 192.0.2.1"),
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .flags(
        "NS records", at: ["example.com."], severity: .medium, nameServers: .sick(changes: "@ NS ns2"),
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ NS ns1
        @ NS ns2
        ns1 A 192.0.2.53
        ns2 A 198.51.100.53
        """),
      .flags(
        "nothing but the serial, as in the moment of a transfer", at: ["example.com."], severity: .info,
        nameServers: .sick(changes: "@ SOA ns hostmaster 2 14400 3600 1209600 300"),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("all say the same", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the address of a web server, which may hang on where one asks from",
        nameServers: .sick(changes: "mta-sts A 203.0.113.81"),
        "@ MX 10 mail\nmail A 192.0.2.1\n_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 203.0.113.80"),
      .passes(
        "another TTL, and a text in other strings",
        nameServers: .sick(changes: "@ 60 TXT \"v=spf1 \" \"mx -all\""),
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
    ]
  ) { zone, facts in
    let disagreements = zone.disagreements(in: facts).filter { $0.severity != nil }
    guard disagreements.isEmpty else {
      return disagreements.compactMap { disagreement in
        guard !disagreement.isByFamily, let severity = disagreement.severity else { return nil }
        return disagreement.fault(
          "The name servers of \(zone.zone) differ about \(disagreement.question.name) \(disagreement.question.type)",
          severity: severity)
      }
    }
    // Some providers give each server serials of its own: equal records are what counts.
    let serials = Dictionary(grouping: zone.speaking) { $0.soa?.serial ?? 0 }
    guard serials.count > 1, let last = zone.speaking.last else { return [] }
    return [
      Fault(
        at: Place(zone.zone, .soa), saidBy: last.responder, severity: .info,
        "The name servers of \(zone.zone) have different serials, and the same records as far as was asked.",
        observed: serials.keys.sorted().map { serial in
          Message("\(Int(serial)) at \((serials[serial] ?? []).titles)")
        }.enumeration)
    ]
  }
}
