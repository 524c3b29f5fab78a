package import Verdict

extension Rule {
  package static let srvUnsigned = Rule(
    "srv.unsigned",
    "SRV records that are not signed lead to hosts of others",
    about: OutsourcedService.self,
    severity: .info,
    why: """
      A mail program cannot tell such records from forged ones that lead to an attacker, who has a certificate for his \
      own host. Careful programs ask the user, or do not follow them.
      """,
    fix: "Sign the zone, or let the records lead to hosts below the domain itself.",
    references: [.rfc(6186, "6")],
    examples: [
      .flags(
        "to a provider", at: ["_imaps._tcp.example.com."], signed: ["net."],
        "_imaps._tcp SRV 0 1 993 imap.example.net.\nimap.example.net. A 192.0.2.1"),
      .passes(
        "signed", "_imaps._tcp SRV 0 1 993 imap.example.net.\nimap.example.net. A 192.0.2.1"),
      .passes(
        "to an own host", signed: ["net."], "_imaps._tcp SRV 0 1 993 imap\nimap A 192.0.2.1"),
      .passes("not offered", signed: ["net."], "_imaps._tcp SRV 0 0 0 ."),
    ]
  ) { service, _ in
    guard service.insecurity != nil else { return [] }
    let hosts = service.strangers.map { "\($0)" as Message }.enumeration
    return [
      Fault(in: service.answer, "The records are not signed, and lead to \(hosts) outside the domain.")
    ]
  }
}
