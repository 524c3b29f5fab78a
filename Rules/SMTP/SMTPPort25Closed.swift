import DNSData
package import Verdict

extension Rule {
  package static let smtpPort25Closed = Rule(
    "smtp.port25-closed",
    "No address of an MX host accepts connections on port 25",
    about: MailExchanger.self,
    severity: .critical,
    why: """
      Mail between servers comes in through port 25 and no other. Where no MX host accepts connections, \
      senders hold their mail back for some days and then return it.
      """,
    fix: """
      Start the mail server, let it listen on the public addresses, and open port 25 in the firewall; or \
      remove the MX record of a host that takes no mail.
      """,
    references: [.rfc(5321, "5.1"), .rfc(5321, "4.5.4.1")],
    examples: [
      .flags(
        "the only host, over both families", at: ["mail.example.com."],
        servers: [.example(.refused), .example(.refused, at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .flags(
        "a backup, while the first works", at: ["backup.example.com."], severity: .medium,
        servers: [.example(), .example(.refused, host: "backup.example.com", at: "192.0.2.2")],
        "@ MX 10 mail\n@ MX 20 backup\nmail A 192.0.2.1\nbackup A 192.0.2.2"),
      .flags(
        "of the other host nothing is known", at: ["mail.example.com."], severity: .medium,
        servers: [.example(.refused), .example(.timedOut, host: "backup.example.com", at: "192.0.2.2")],
        "@ MX 10 mail\n@ MX 20 backup\nmail A 192.0.2.1\nbackup A 192.0.2.2"),
      .passes("it answers", servers: [.example()], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "one address answers",
        servers: [.example(), .example(.refused, at: "192.0.2.2")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail A 192.0.2.2"),
      .passes("no answer proves nothing", servers: [.example(.timedOut)], "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "closed over IPv4, and no IPv6 here",
        servers: [.example(.refused), .example(.notTried(.familyMissing), at: "2001:db8::1")],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
    ]
  ) { exchanger, facts in
    guard exchanger.isClosed else { return [] }
    let exchangers = facts.observation(of: MailExchanger.self).subjects
    let isTotal = exchangers.count == facts.exchangers.count && exchangers.allSatisfy(\.isClosed)
    return exchanger.doors.map { door in
      door.server.fault(
        severity: isTotal ? .critical : .medium,
        "The connection to \(door.server.owned) is refused, as at every address of this host.",
        expected: "a mail server that accepts connections")
    }
  }
}
