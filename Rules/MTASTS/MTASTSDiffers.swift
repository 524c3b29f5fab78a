package import Verdict

extension Rule {
  package static let mtastsDiffers = Rule(
    "mtasts.differs",
    "MTA-STS is not published as expected",
    about: ExpectedRecords<WantedScopes.MTASTS>.self,
    severity: .medium,
    why: """
      Without the record senders do not look for the policy, and without the host they do not find it: mail goes on \
      without the protection that the operator means to have.
      """,
    fix: """
      Publish the records of the expected configuration.
      """,
    references: [.rfc(8461, "3.1"), .rfc(8461, "3.3"), .practice("the expected configuration")],
    examples: [
      .flags(
        "neither", at: ["_mta-sts.example.com.", "mta-sts.example.com."], expecting: .example,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
        """),
      .flags(
        "no policy host", at: ["mta-sts.example.com."], expecting: .example,
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _mta-sts TXT "v=STSv1; id=1;"
        """),
      .passes(
        "any id and any host", expecting: .example,
        """
        _mta-sts TXT "v=STSv1; id=1;"
        mta-sts A 192.0.2.80
        """),
      .passes("nothing is expected", "@ MX 10 mail"),
    ],
    precedence: .general
  ) { records, facts in
    records.fault().map { $0.proposing(records.comparison.mendWithPolicyHost(facts)) }
  }
}
