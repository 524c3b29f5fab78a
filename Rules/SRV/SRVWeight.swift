import MailDiscovery
package import Verdict

extension Rule {
  package static let srvWeight = Rule(
    "srv.weight",
    "Several hosts share a service without weights",
    about: PublishedService.self,
    severity: .info,
    why: """
      The weight 0 is meant for where there is nothing to choose. Among hosts of one priority it leaves \
      open how the load is shared.
      """,
    fix: "Give each host a weight above 0, in proportion to what it can carry, or priorities of their own.",
    references: [.rfc(2782, "")],
    examples: [
      .flags(
        "two hosts", at: ["_imaps._tcp.example.com."],
        "_imaps._tcp SRV 0 0 993 a\n_imaps._tcp SRV 0 0 993 b\na A 192.0.2.1\nb A 192.0.2.2"),
      .passes("one host", "_imaps._tcp SRV 0 0 993 mail\nmail A 192.0.2.1"),
      .passes(
        "an order instead",
        "_imaps._tcp SRV 0 0 993 a\n_imaps._tcp SRV 10 0 993 b\na A 192.0.2.1\nb A 192.0.2.2"),
    ]
  ) { service, _ in
    service.faults { kind in
      guard case .weightless = kind else { return nil }
      return "Several hosts of one priority have the weight 0."
    }
  }
}
