package import Verdict

extension Rule {
  package static let hostPTRHELODomain = Rule(
    "host.ptr-helo-domain",
    "The reverse name of a mail host is in somebody else's domain",
    about: SendingHost.self,
    severity: .low,
    why: """
      T-Online and iCloud want to see who runs a mail host by its reverse name. One in the hoster's domain \
      is that of any customer.
      """,
    fix: "Have the owner of the address set the PTR record to the host's own name.",
    references: [.practice("iCloud and T-Online: sender pages")],
    examples: [
      .flags(
        "the hoster's name", at: ["1.2.0.192.in-addr.arpa."],
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR server7.hoster.example.
        server7.hoster.example. A 192.0.2.1
        """),
      .passes(
        "another name of the same organisation",
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        out A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR out
        """),
      .passes(
        "a relay, whose customers have no choice", senders: ["192.0.2.9"],
        """
        @ MX 10 mail
        @ TXT "v=spf1 ip4:192.0.2.9 -all"
        mail A 192.0.2.1
        9.2.0.192.in-addr.arpa. PTR out.relay.example.
        out.relay.example. A 192.0.2.9
        """),
    ]
  ) { host, facts in
    guard host.ownership == .thirdParty else { return [] }
    let names = host.confirmedNames.map { "\($0)" as Message }.enumeration
    return [
      Fault(
        at: host.sender.place, saidBy: host.sender.reverse.responder,
        "The reverse name of \(host.sender.address), \(names), does not belong to \(facts.domain).",
        expected: "\(host.host)", mend: host.sender.mend)
    ]
  }
}
