import DNSData
import Evidence
import MailDiscovery
package import Verdict

extension Rule {
  package static let srvIMAPSMissing = Rule(
    "srv.imaps-missing",
    "No SRV record announces port 993, which works",
    about: OfferedService.self,
    severity: .low,
    why:
      "Mail programs that look for SRV records do not find the best way for reading mail, and users have to type it.",
    fix: "Publish an SRV record at `_imaps._tcp`.",
    references: [.rfc(6186, "3"), .rfc(8314, "5.1"), .practice("Simple NixOS Mailserver: setup guide")],
    examples: [
      .flags(
        "no record", at: ["_imaps._tcp.example.com."], servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "announced", servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
      .passes("closed", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "denied is srv.dot-but-open", servers: [.example(), .example(.imaps)],
        "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 0 0 ."),
      .passes(
        "nobody reads mail of a domain for rewritten senders", servers: [.example(), .example(.imaps)],
        expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a third party's host", servers: [.example(.imaps, host: "mx.vendor.example")],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
    ]
  ) { offered, _ in
    guard offered.service == .imaps, offered.answer.records.isEmpty else { return [] }
    return [offered.unannounced]
  }
}
