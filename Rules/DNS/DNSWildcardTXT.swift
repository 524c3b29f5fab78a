package import Verdict

extension Rule {
  package static let dnsWildcardTXT = Rule(
    "dns.wildcard-txt",
    "A wildcard answers with a text at every name",
    about: TextWildcard.self,
    severity: .medium,
    why: """
      The text turns up where only a policy belongs, such as at `_mta-sts` or at any DKIM selector, and makes \
      names exist that nobody has published: DMARC's `np` no longer protects them.
      """,
    fix: "Publish the text at the names that need it, and remove the wildcard, or give it another type.",
    references: [.rfc(4592, "2"), .rfc(7208, "3.5"), .rfc(9989, "3.2.13")],
    examples: [
      .flags(
        "a text for everything", at: ["nobody-published-this.example.com."],
        "@ MX 10 mail\n* TXT \"site-verification=4711\""),
      .flags(
        "an alias for everything, which leads to the domain's own texts",
        at: ["nobody-published-this.example.com."],
        "@ MX 10 mail\n@ TXT \"site-verification=4711\"\n@ TXT \"v=spf1 mx -all\"\n* CNAME @"),
      .passes("SPF, as RFC 7208 recommends", "@ MX 10 mail\n* TXT \"v=spf1 -all\""),
      .passes("an alias that leads to no text", "@ MX 10 mail\n* CNAME www\nwww A 192.0.2.80"),
      .passes("addresses", "@ MX 10 mail\n* A 192.0.2.80"),
      .passes("a domain without mail", "@ A 192.0.2.80\n* TXT \"site-verification=4711\""),
      .passes("no wildcard", "@ MX 10 mail"),
    ]
  ) { wildcard, _ in
    guard let text = wildcard.texts.first else { return [] }
    return [
      Fault(
        in: wildcard.answer,
        "\(wildcard.answer.question.name), which nobody has published, has a TXT record.",
        observed: "\(foreign: text.joined)", expected: "no TXT record but SPF")
    ]
  }
}
