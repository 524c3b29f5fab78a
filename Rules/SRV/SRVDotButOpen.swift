import DNSData
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvDotButOpen = Rule(
    "srv.dot-but-open",
    "An SRV record denies a service that a mail host offers",
    about: OfferedService.self,
    severity: .low,
    why: """
      The target “.” tells mail programs that there is no such service, and they do not try. The port is \
      open to everybody else all the same.
      """,
    fix: "Close the port if the service is not meant to be there, else let the record name the host.",
    references: [.rfc(6186, "3.4"), .rfc(2782, "")],
    examples: [
      .flags(
        "IMAP", at: ["_imap._tcp.example.com."], servers: [.example(), .example(.imap)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 0 0 0 ."),
      .passes("closed", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 0 0 0 ."),
      .passes(
        "announced", servers: [.example(), .example(.imap)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imap._tcp SRV 0 1 143 mail"),
    ]
  ) { offered, _ in
    let records = offered.answer.records
    let nulls = records.filter { record in
      if case .srv(let srv) = record.data { srv.isNull } else { false }
    }
    // Beside other records it is srv.dot-mixed.
    guard !nulls.isEmpty, nulls.count == records.count else { return [] }
    return [
      Fault(
        in: offered.answer,
        "The record says that there is no such service, but there is: \(offered.servers.map(\.words).enumeration).",
        expected: "a closed port, or a record that names the host")
    ]
  }
}
