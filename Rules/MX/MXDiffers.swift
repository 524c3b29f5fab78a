package import Verdict

extension Rule {
  package static let mxDiffers = Rule(
    "mx.differs",
    "Mail goes to other hosts than expected",
    about: ExpectedRecords<WantedScopes.Exchangers>.self,
    severity: .high,
    why: """
      Senders deliver where the MX records lead. A host that is missing there takes no mail, one that is there too much \
      takes mail that it may not know.
      """,
    fix: """
      Publish the MX records of the expected configuration, or correct the configuration if the hosts have changed.
      """,
    references: [.rfc(5321, "5.1"), .practice("the expected configuration")],
    examples: [
      .flags(
        "another host", at: ["example.com."], expecting: .example,
        "@ MX 10 mail\n@ MX 20 old\nmail A 192.0.2.1\nold A 192.0.2.9"),
      .flags(
        "another preference", at: ["example.com."], expecting: .example, "@ MX 20 mail\nmail A 192.0.2.1"),
      .flags(
        "a parked domain that takes mail", domain: "parked.example.com", at: ["parked.example.com."],
        expecting: .example,
        """
        parked MX 10 mail
        mail A 192.0.2.1
        parked TXT "v=spf1 -all"
        _dmarc.parked TXT "v=DMARC1; p=reject"
        """),
      .passes("as expected", expecting: .example, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("nothing is expected", "@ MX 10 old\nold A 192.0.2.9"),
      .passes(
        "no host of the site is config.domain-not-served", expecting: .example,
        "@ MX 10 old\nold A 192.0.2.9"),
    ],
    precedence: .general
  ) { records, facts in
    // Mail that goes elsewhere altogether is the finding of config.domain-not-served and srs.mx-missing.
    guard !records.comparison.leavesSite(facts) else { return [] }
    return records.fault()
  }
}
