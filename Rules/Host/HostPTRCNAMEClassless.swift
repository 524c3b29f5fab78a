package import Verdict

extension Rule {
  package static let hostPTRCNAMEClassless = Rule(
    "host.ptr-cname-classless",
    "The reverse name is handed on, but leads nowhere",
    about: Sender.self,
    severity: .high,
    why: """
      The reverse zone delegates this address by an alias (RFC 2317), and there is no PTR record where \
      the alias leads. Receivers see an address without a reverse name and refuse its mail.
      """,
    fix: "Publish the PTR record at the alias's target, or have the network's owner correct the alias.",
    references: [.rfc(2317, "4")],
    examples: [
      .flags(
        "the alias leads to nothing", at: ["1.2.0.192.in-addr.arpa."], senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        1.2.0.192.in-addr.arpa. CNAME 1.0/28.2.0.192.in-addr.arpa.
        """),
      .passes(
        "the alias leads to a PTR", senders: ["192.0.2.1"],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. CNAME 1.0/28.2.0.192.in-addr.arpa.
        1.0/28.2.0.192.in-addr.arpa. PTR mail
        """),
    ]
  ) { sender, _ in
    guard sender.reverse.failure == nil, sender.names.isEmpty, let alias = sender.reverse.aliases.last,
      case .cname(let target) = alias.data
    else { return [] }
    return [
      Fault(
        at: sender.place, saidBy: sender.reverse.responder,
        "The reverse name of \(sender.address) is an alias for \(target), which has no PTR record.",
        expected: "a PTR record at \(target)")
    ]
  }
}
