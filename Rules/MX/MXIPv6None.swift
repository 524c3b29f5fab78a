import DNSData
package import Verdict

extension Rule {
  package static let mxIPv6None = Rule(
    "mx.ipv6-none",
    "No MX host accepts mail over IPv6, although there are addresses for it",
    about: IPv6Reception.self,
    severity: .low,
    why: """
      Senders that have IPv6 alone cannot deliver; others try these addresses first and lose time. Tests \
      such as internet.nl count it.
      """,
    fix:
      "Let the mail server listen on its IPv6 addresses and open port 25 for them, or remove the AAAA records.",
    references: [.practice("internet.nl: mail test"), .rfc(5321, "5.2")],
    examples: [
      .flags(
        "closed over IPv6", at: ["mail.example.com."],
        servers: [.example(), .example(.refused, at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "it answers", servers: [.example(), .example(at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "one host of two",
        servers: [
          .example(), .example(.refused, at: "2001:db8::1"),
          .example(host: "two.example.com", at: "2001:db8::2"),
        ],
        """
        @ MX 10 mail
        @ MX 20 two
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        two AAAA 2001:db8::2
        """),
      .passes(
        "no IPv6 here",
        servers: [.example(), .example(.notTried(.familyMissing), at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes("no address is host.aaaa-missing", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { reception, _ in
    reception.closed.map { door in
      door.server.fault(
        "The connection to \(door.server.owned) is refused, as at every IPv6 address of the MX hosts.",
        expected: "a mail server that accepts connections")
    }
  }
}
