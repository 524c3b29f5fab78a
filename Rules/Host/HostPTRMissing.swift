import DNSData
package import Verdict

extension Rule {
  package static let hostPTRMissing = Rule(
    "host.ptr-missing",
    "A sending address has no reverse name",
    about: Sender.self,
    severity: .critical,
    why: "Gmail, Outlook, Yahoo and many others refuse mail from an address without a PTR record.",
    fix:
      "Have the owner of the address (the hoster, often in its panel) set the PTR record to the mail host's name.",
    references: [.rfc(1912, "2.1"), .practice("Gmail: 5.7.25, sender guidelines")],
    examples: [
      .flags(
        "no PTR", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        """),
      .flags(
        "a sender that was named", at: ["9.2.0.192.in-addr.arpa."], senders: ["192.0.2.9"], "@ MX 10 mail"),
      .passes(
        "a PTR",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR mail
        """),
      .passes(
        "a private address, from which nothing gets out",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 10.0.0.1
        """),
      .passes(
        "a host that SPF does not let send",
        """
        @ MX 10 mail
        @ TXT "v=spf1 ip4:192.0.2.9 -all"
        mail A 192.0.2.1
        """),
    ]
  ) { sender, _ in
    guard sender.reverse.failure == nil, sender.names.isEmpty, sender.reverse.aliases.isEmpty else {
      return []
    }
    return [
      Fault(
        at: sender.place, saidBy: sender.reverse.responder,
        "The sending address \(sender.address) has no PTR record.",
        expected: "a PTR record that names the mail host", mend: sender.mend)
    ]
  }
}

extension Sender {
  /// The PTR record that names the own host that has the address, instead of all that stand there.
  var mend: Mend? {
    host.map { host in
      let old = reverse.records
      return Mend(
        publish: [
          Record(
            old.first?.name ?? reverse.question.name, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .ptr(host))
        ],
        remove: old.filter { $0.data != .ptr(host) },
        note: "This belongs into the reverse zone, which the owner of the address runs.")
    }
  }
}
