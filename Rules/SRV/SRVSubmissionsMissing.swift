import DNSData
import Evidence
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvSubmissionsMissing = Rule(
    "srv.submissions-missing",
    "No SRV record announces port 465, which works",
    about: OfferedService.self,
    severity: .low,
    why:
      "Mail programs that look for SRV records do not find the best way for sending mail, and users have to type it.",
    fix: "Publish an SRV record at `_submissions._tcp`.",
    references: [.rfc(6186, "3"), .rfc(8314, "5.1"), .practice("Simple NixOS Mailserver: setup guide")],
    examples: [
      .flags(
        "no record", at: ["_submissions._tcp.example.com."], servers: [.example(), .example(.submissions)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "announced", servers: [.example(), .example(.submissions)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_submissions._tcp SRV 0 1 465 mail"),
      .passes("closed", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "denied is srv.dot-but-open", servers: [.example(), .example(.submissions)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_submissions._tcp SRV 0 0 0 ."),
      .passes(
        "nobody reads mail of a domain for rewritten senders", servers: [.example(), .example(.submissions)],
        expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a third party's host", servers: [.example(.submissions, host: "mx.vendor.example")],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
    ]
  ) { offered, _ in
    guard offered.service == .submissions, offered.answer.records.isEmpty else { return [] }
    return [offered.unannounced]
  }
}
