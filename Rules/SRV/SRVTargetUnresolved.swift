import DNSData
package import Verdict

extension Rule {
  package static let srvTargetUnresolved = Rule(
    "srv.target-unresolved",
    "An SRV record leads to a host without an address",
    about: ServiceTarget.self,
    severity: .high,
    why: """
      Mail programs set accounts up by these records. A host without an address cannot be reached: the \
      account does not work, although the service may be well under another name.
      """,
    fix: "Let the record lead to a host that has A or AAAA records, or publish them, or remove the record.",
    references: [.rfc(2782, ""), .rfc(6186, "3")],
    examples: [
      .flags("the host does not exist", at: ["imap.example.com."], "_imaps._tcp SRV 0 1 993 imap"),
      .flags(
        "it exists without an address", at: ["imap.example.com."],
        "_imaps._tcp SRV 0 1 993 imap\nimap TXT x"),
      .flags(
        "one host of two services, beside a good one", at: ["old.example.com."],
        """
        _imaps._tcp SRV 0 1 993 mail
        _imaps._tcp SRV 10 1 993 old
        _submissions._tcp SRV 0 1 465 old
        mail A 192.0.2.1
        """),
      .passes("an AAAA alone is an address", "_imaps._tcp SRV 0 1 993 mail\nmail AAAA 2001:db8::1"),
      .passes("no such service", "_imap._tcp SRV 0 0 0 ."),
      .passes("an address in place of a name is another fault", "_imaps._tcp SRV 0 1 993 192.0.2.1."),
    ]
  ) { target, _ in
    guard target.addresses.isProvenEmpty || target.addresses.isNoSuchName, !target.isWrittenAddress,
      let witness = target.addresses.witness
    else { return [] }
    let owners = target.owners.map { "\($0)" as Message }.enumeration
    let reason: Message =
      target.addresses.isNoSuchName ? "does not exist" : "has neither an A nor an AAAA record"
    return [
      Fault(
        at: Place(target.host), saidBy: witness.responder,
        "SRV at \(owners) leads to \(target.host), which \(reason).", expected: "an A or AAAA record",
        link: .addresses(of: target.host)
      ).resting(
        on: target.owners.map { .lookup(Question($0, .srv)) } + Ground.addresses(of: target.host))
    ]
  }
}
