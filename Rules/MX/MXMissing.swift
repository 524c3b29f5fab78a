import DNSData
package import Verdict

extension Rule {
  package static let mxMissing = Rule(
    "mx.missing",
    "A domain that sends has no MX",
    about: MailDomain.self,
    severity: .high,
    why: """
      Bounces and replies go by MX. Without one, senders fall back to the domain's own address, which is \
      often a web server; without an address either, receivers refuse mail that nobody could answer.
      """,
    fix: "Publish an MX record that names the host that takes the domain's mail.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags("sends, but nothing receives", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.1 -all""#),
      .flags("sends, with a slip in its SPF", at: ["example.com."], #"@ TXT "v=spf1 ipv4:192.0.2.1 -all""#),
      .flags(
        "falls back to the address", at: ["example.com."], severity: .medium,
        """
        @ A 192.0.2.1
        @ TXT "v=spf1 a -all"
        1.2.0.192.in-addr.arpa. PTR @
        """),
      .passes("an MX", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("parked", #"@ TXT "v=spf1 -all""#),
      .passes("a web site without mail", "@ A 192.0.2.1"),
    ]
  ) { domain, _ in
    switch domain.role {
    case .sendOnly where domain.hasOnlyNullMX: []
    case .sendOnly:
      [
        Fault(
          in: domain.mx,
          "SPF authorises senders for \(domain.name), but it has neither an MX record nor an address.",
          expected: "an MX record")
      ]
    case .implicitMail:
      [
        Fault(
          in: domain.mx, severity: .medium,
          "\(domain.name) has no MX record, so that its mail goes to its own address.",
          expected: "an MX record that says so, or one that names the mail host",
          mend: Mend(
            publish: [Record(domain.name, ttl: 3600, .mx(MX(preference: 10, exchange: domain.name)))],
            note: "This keeps mail where it goes now. Name the mail host instead if that is another."))
      ]
    case .mail, .parked, .noMail, .nonexistent, .undetermined: []
    }
  }
}
