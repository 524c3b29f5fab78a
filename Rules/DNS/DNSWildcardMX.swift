package import Verdict

extension Rule {
  package static let dnsWildcardMX = Rule(
    "dns.wildcard-mx",
    "A wildcard has mail for every name delivered, without SPF",
    about: MailWildcard.self,
    severity: .low,
    why: """
      Names that nobody has published can be written to, and look like mail domains to receivers: they can be \
      forged, since no SPF record says who may send for them.
      """,
    fix: """
      Remove the wildcard, or publish an SPF record beside it if it is meant: `TXT "v=spf1 -all"` if nothing \
      sends under such names.
      """,
    references: [.rfc(4592, "2"), .rfc(7208, "3.5")],
    examples: [
      .flags(
        "mail for every name", at: ["nobody-published-this.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n* MX 10 mail"),
      .flags(
        "an alias that leads to the domain's mail hosts", at: ["nobody-published-this.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n* CNAME @"),
      .passes("with SPF, as a catch-all has it", "@ MX 10 mail\n* MX 10 mail\n* TXT \"v=spf1 mx -all\""),
      .passes("none takes mail", "@ MX 10 mail\n* MX 0 ."),
      .passes("no wildcard", "@ MX 10 mail"),
    ]
  ) { wildcard, _ in
    guard let first = wildcard.exchangers.first, !wildcard.hasPolicy else { return [] }
    return [
      Fault(
        in: wildcard.answer,
        """
        \(wildcard.answer.question.name), which nobody has published, has its mail delivered to \
        \(first.exchange), and no SPF record.
        """,
        expected: "no MX record, or an SPF record beside it")
    ]
  }
}
