import DNSData
package import Verdict

extension Rule {
  package static let smtpPartialDown = Rule(
    "smtp.partial-down",
    "Some addresses of an MX host accept no connections on port 25",
    about: ExchangerAddresses.self,
    severity: .medium,
    why: """
      Senders choose among the addresses of a host. Whoever tries the wrong one first delivers late, and \
      those that can use one family only may not deliver at all.
      """,
    fix: "Let the mail server listen on every address that the host has in the DNS, or remove the address.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags(
        "nobody listens on IPv6", at: ["mail.example.com."],
        servers: [.example(), .example(.refused, at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .flags(
        "one of a third party's addresses", at: ["mx.vendor.example."], severity: .low,
        servers: [
          .example(host: "mx.vendor.example"), .example(.refused, host: "mx.vendor.example", at: "192.0.2.2"),
        ],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1\nmx.vendor.example. A 192.0.2.2"),
      .passes(
        "both families", servers: [.example(), .example(at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes(
        "the second does not answer, which proves nothing",
        servers: [.example(), .example(.timedOut, at: "192.0.2.2")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail A 192.0.2.2"),
      .passes(
        "all closed is smtp.port25-closed", servers: [.example(.refused)], "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { addresses, _ in
    addresses.exchanger.doors.filter { $0.finding == .closed }.map { door in
      door.server.fault(
        severity: door.server.severity(.medium),
        "The connection to \(door.server.owned) is refused, while other addresses of the host answer.",
        expected: "a mail server that accepts connections")
    }
  }
}
