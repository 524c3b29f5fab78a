import MailDiscovery
package import Verdict

extension Rule {
  package static let srvDotMixed = Rule(
    "srv.dot-mixed",
    "An SRV record says that there is no service beside others that name one",
    about: PublishedService.self,
    severity: .medium,
    why: """
      The target “.” means that the service is decidedly not offered. Beside a host it is a \
      contradiction: some mail programs give up, others do not.
      """,
    fix: "Remove the record with the target “.” if the service is offered, else remove the others.",
    references: [.rfc(2782, ""), .rfc(6186, "3.4")],
    examples: [
      .flags(
        "beside a host", at: ["_imap._tcp.example.com."],
        "_imap._tcp SRV 0 0 0 .\n_imap._tcp SRV 0 1 143 mail\nmail A 192.0.2.1"),
      .passes("alone", "_imap._tcp SRV 0 0 0 ."),
      .passes("hosts alone", "_imaps._tcp SRV 0 1 993 mail\nmail A 192.0.2.1"),
    ]
  ) { service, _ in
    let nulls = service.answer.records.filter { record in
      if case .srv(let srv) = record.data { srv.isNull } else { false }
    }
    guard !nulls.isEmpty, nulls.count < service.records.records.count else { return [] }
    let others = service.records.records.count - nulls.count
    return [
      Fault(
        in: service.answer, "A record with the target “.” stands beside \(others) that name hosts.",
        mend: Mend(remove: nulls, note: "If the service is not offered, remove the other records instead."))
    ]
  }
}
