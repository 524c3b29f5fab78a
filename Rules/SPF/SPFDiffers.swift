package import Verdict

extension Rule {
  package static let spfDiffers = Rule(
    "spf.differs",
    "The SPF record is not the expected one",
    about: ExpectedRecords<WantedScopes.SPF>.self,
    severity: .medium,
    why: """
      The record lets others send than the operator means, or has receivers treat the rest in another way. What is \
      published decides.
      """,
    fix: """
      Publish the record of the expected configuration. Terms of providers that the configuration does not name are kept \
      in it: name them there, or take them out of the record.
      """,
    references: [.rfc(7208, "3"), .rfc(7208, "4.6"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another ending", at: ["example.com."], expecting: .example,
        """
        @ TXT "v=spf1 mx ~all"
        mail TXT "v=spf1 a -all"
        @ MX 10 mail
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        """),
      .flags(
        "a provider that nobody has named", at: ["example.com."], severity: .low, expecting: .example,
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx include:_spf.vendor.example -all"
        mail TXT "v=spf1 a -all"
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        _spf.vendor.example. TXT "v=spf1 ip4:198.51.100.7 -all"
        """),
      .flags(
        "none for the name in HELO", at: ["mail.example.com."], severity: .low, expecting: .example,
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        """),
      .passes(
        "as expected", expecting: .example,
        """
        @ MX 10 mail
        @ TXT "v=spf1 mx -all"
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        mail TXT "v=spf1 a -all"
        """),
      .passes(
        "the addresses instead of the hosts that have them", expecting: .example,
        """
        @ MX 10 mail
        @ TXT "v=spf1 ip6:2001:db8::1 ip4:192.0.2.1 -all"
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        mail TXT "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all"
        """),
      .passes("nothing is expected", #"@ TXT "v=spf1 a -all""#),
    ],
    precedence: .general
  ) { records, facts in
    // A provider's terms do no harm that others rules do not see; the name in HELO matters for bounces.
    let isLesser = records.comparison.standing == .extra || records.comparison.wanted.name != facts.domain
    return records.fault(severity: isLesser ? .low : nil)
  }
}
