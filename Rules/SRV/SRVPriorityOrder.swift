import MailDiscovery
package import Verdict

extension Rule {
  package static let srvPriorityOrder = Rule(
    "srv.priority-order",
    "STARTTLS is announced before TLS from the start, or as its equal",
    about: PublishedService.self,
    severity: .low,
    why: """
      Mail programs that compare the priorities of both services choose the lower number. TLS from the \
      start is the better choice: there is no moment in which an attacker can suppress it.
      """,
    fix: "Give the service with STARTTLS a higher number, such as 20 against 10.",
    references: [.rfc(6186, "3.4"), .rfc(8314, "3")],
    examples: [
      .flags(
        "the same priority", at: ["_submission._tcp.example.com."],
        "_submissions._tcp SRV 10 1 465 mail\n_submission._tcp SRV 10 1 587 mail\nmail A 192.0.2.1"),
      .flags(
        "a better one", at: ["_imap._tcp.example.com."],
        "_imaps._tcp SRV 20 1 993 mail\n_imap._tcp SRV 10 1 143 mail\nmail A 192.0.2.1"),
      .passes(
        "a worse one", "_imaps._tcp SRV 10 1 993 mail\n_imap._tcp SRV 20 1 143 mail\nmail A 192.0.2.1"),
      .passes("not offered", "_imaps._tcp SRV 10 1 993 mail\n_imap._tcp SRV 0 0 0 .\nmail A 192.0.2.1"),
      .passes("STARTTLS alone", "_imap._tcp SRV 0 1 143 mail\nmail A 192.0.2.1"),
    ]
  ) { service, _ in
    guard let secure = service.secureVariant,
      ServiceRecords.isPreferredOrEqual(service.records, over: secure) == true,
      let legacyPriority = service.records.bestPriority, let securePriority = secure.bestPriority
    else { return [] }
    return [
      Fault(
        in: service.answer,
        "The priority \(Int(legacyPriority)) is no worse than \(Int(securePriority)) of \(own: secure.service.prefix).",
        expected: "a number above \(Int(securePriority))")
    ]
  }
}
