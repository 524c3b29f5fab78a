import MailDiscovery
package import Verdict

extension Rule {
  package static let srvTargetIP = Rule(
    "srv.target-ip",
    "An SRV record names an address instead of a host",
    about: PublishedService.self,
    severity: .high,
    why: """
      An SRV record holds a host name. Mail programs look an address up as if it were a name, find \
      nothing, and cannot set the account up.
      """,
    fix: "Give the address a name with an A or AAAA record and let the SRV record lead to that name.",
    references: [.rfc(2782, "")],
    examples: [
      .flags("an IPv4 address", at: ["_imaps._tcp.example.com."], "_imaps._tcp SRV 0 1 993 192.0.2.1."),
      .flags(
        "an IPv4 address below the zone", at: ["_submissions._tcp.example.com."],
        "_submissions._tcp SRV 0 1 465 192.0.2.1"),
      .passes("a host", "_imaps._tcp SRV 0 1 993 mail\nmail A 192.0.2.1"),
    ]
  ) { service, _ in
    service.faults { kind in
      guard case .targetIsAddress(let address) = kind else { return nil }
      return "The SRV record names the address \(address) where a host name must stand."
    }
  }
}
