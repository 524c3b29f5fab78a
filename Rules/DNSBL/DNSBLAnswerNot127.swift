import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblAnswerNot127 = Rule(
    "dnsbl.answer-not-127",
    "A blocklist answers with an address that is no return code",
    about: AskedBlocklist.self,
    severity: .info,
    why: """
      Listings are answered with addresses in 127.0.0.0/8. Anything else comes from a list that is dead and whose domain \
      somebody has parked, or from a resolver that puts an address of its own in the place of "does not exist".
      """,
    fix: """
      Ask a name that does not exist through the same resolver: if it gets an address too, use another resolver. \
      Otherwise take the list out of every mail filter.
      """,
    references: [.rfc(5782, "2.1"), .rfc(6471, "3.4")],
    examples: [
      .flags(
        "parked", at: ["2.0.0.127.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        *.bl.example. A 203.0.113.80
        """),
      .flags(
        "later", at: ["1.2.0.192.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        1.2.0.192.bl.example. A 203.0.113.80
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
      guard case .outsideLoopback(let addresses) = asked.list.judge(answer) else { return nil }
      return Fault(
        in: answer, "\(asked.list.zone) answers with an address outside 127.0.0.0/8, which is no listing.",
        observed: addresses.enumeration, expected: "an address in 127.0.0.0/8, or none")
    }.prefix(1).map(\.self)
  }
}
