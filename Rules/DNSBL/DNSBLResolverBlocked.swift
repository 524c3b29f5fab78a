import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblResolverBlocked = Rule(
    "dnsbl.resolver-blocked",
    "A blocklist refuses to answer this resolver",
    about: AskedBlocklist.self,
    severity: .info,
    why: """
      The answer is an error code and no listing: the resolver is a public one, has a generic name, asks too much or is \
      not registered. A mail filter behind it would get the same answer, and must not take it for a listing.
      """,
    fix:
      "Ask through a resolver of your own with a name of its own (also in the mail filter), or with a key.",
    references: [
      .practice("Spamhaus: error codes 127.255.255.0/24"), .practice("SURBL, URIBL: bit 1"),
      .practice("DNSWL: return codes"),
    ],
    examples: [
      .flags(
        "at the self-test", at: ["2.0.0.127.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        *.bl.example. A 127.255.255.254
        """),
      .flags(
        "later", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.255.255.255
        """),
      .passes(
        "a listing", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 127.0.0.2
        """),
    ]
  ) { asked, _ in
    asked.answers.compactMap { answer in
      guard case .refused(let codes) = asked.list.judge(answer) else { return nil }
      return Fault(
        in: answer, "\(asked.list.zone) answers with an error code, which is no listing.",
        observed: codes.enumeration)
    }.prefix(1).map(\.self)
  }
}
