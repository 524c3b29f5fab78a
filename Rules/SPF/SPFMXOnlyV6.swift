import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfMXOnlyV6 = Rule(
    "spf.mx-only-v6",
    "SPF relies on an AAAA record that is not there",
    about: SPFSender.self,
    severity: .critical,
    why: """
      The record authorises hosts by name (`mx` or `a`), and these have no IPv6 address, while mail \
      leaves by IPv6. Mail by IPv4 passes, so that the fault shows only at receivers that have IPv6.
      """,
    fix: "Publish the AAAA record of the host, or add an `ip6` term, or send by IPv4 only.",
    references: [.rfc(7208, "5.4"), .rfc(7208, "5.3")],
    examples: [
      .flags(
        "the MX host has no AAAA", at: ["example.com."], senders: ["192.0.2.1", "2001:db8::1"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1"),
      .passes(
        "it has", senders: ["192.0.2.1", "2001:db8::1"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "an ip6 term", senders: ["2001:db8::1"],
        "@ MX 10 mail\n@ TXT \"v=spf1 mx ip6:2001:db8::1 -all\"\nmail A 192.0.2.1"),
    ]
  ) { sender, facts in
    guard sender.sender.address.family == .v6, sender.verdict.result != .pass,
      let term = sender.tree?.root.terms.first(where: \.hasOnlyIPv4)
    else { return [] }
    return [
      Fault(
        in: sender.answer,
        "Mail leaves from \(sender.sender.address), and the hosts that \(foreign: term.term.text) stands for have no "
          + "AAAA record.", expected: "an AAAA record, or an `ip6` term"
      ).resting(on: facts.groundsOfSPF(at: facts.domain))
    ]
  }
}

extension SPFSurveyedTerm {
  fileprivate var hasOnlyIPv4: Bool {
    switch term.mechanism {
    case .a, .mx:
      term.qualifier == .pass && failures.isEmpty && !addresses.isEmpty
        && addresses.allSatisfy { $0.family == .v4 }
    case .all, .include, .ptr, .ip4, .ip6, .exists, nil: false
    }
  }
}
