import DMARC
package import Verdict

extension Rule {
  package static let dmarcOrgDivergence = Rule(
    "dmarc.org-divergence",
    "Receivers of RFC 9989 and of RFC 7489 take different domains for the organisation",
    about: DMARCReadings.self,
    severity: .medium,
    why: """
      Receivers of RFC 9989 find the organisational domain by walking up the DNS, older ones in the public \
      suffix list. Both are in use: where they differ, the same message passes at one receiver and fails at \
      the next, or meets another policy.
      """,
    fix: """
      Publish a record at the registrable domain, and `psd=n` in it if a record further up is taken for the \
      organisation. With strict alignment and a record at every domain that sends, nothing hangs on it.
      """,
    references: [.rfc(9989, "4.10.2"), .rfc(9989, "11.8"), .rfc(7489, "3.2")],
    examples: [
      .flags(
        "only the subdomain has a record", domain: "sub.example.com", at: ["_dmarc.sub.example.com."],
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=reject\""),
      .flags(
        "a record between them, which RFC 7489 does not see", domain: "a.sub.example.com",
        at: ["_dmarc.sub.example.com."],
        "a.sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=reject; adkim=s; aspf=s\""),
      .flags(
        "a subdomain that is an organisation of its own", domain: "a.sub.example.com",
        at: ["_dmarc.sub.example.com."],
        """
        a.sub MX 10 mail
        _dmarc.sub TXT "v=DMARC1; p=none; psd=n"
        _dmarc TXT "v=DMARC1; p=reject"
        """),
      .flags(
        "a private suffix below a domain that has a record", domain: "shop.s3.amazonaws.com",
        at: ["_dmarc.shop.s3.amazonaws.com."],
        """
        shop.s3.amazonaws.com. MX 10 mail.shop.s3.amazonaws.com.
        _dmarc.shop.s3.amazonaws.com. TXT "v=DMARC1; p=reject"
        _dmarc.amazonaws.com. TXT "v=DMARC1; p=quarantine"
        """),
      .passes(
        "strict alignment, and the same record for both", domain: "sub.example.com",
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=reject; adkim=s; aspf=s\""),
      .passes("the same organisation", "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=reject; np=none; t=y\""),
      .passes(
        "the organisation has a record too", domain: "sub.example.com",
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=reject\"\n_dmarc TXT \"v=DMARC1; p=none\""),
      .passes("no DMARC for either", domain: "sub.example.com", "sub MX 10 mail"),
      .passes(
        "a public suffix above is dmarc.psd-parent", domain: "example.co.uk",
        """
        example.co.uk. MX 10 mail.example.co.uk.
        _dmarc.example.co.uk. TXT "v=DMARC1; p=reject"
        _dmarc.co.uk. TXT "v=DMARC1; p=none"
        """),
      .passes(
        "one that calls itself a suffix is dmarc.psd-y-misuse", domain: "sub.example.com",
        "sub MX 10 mail\n_dmarc TXT \"v=DMARC1; p=reject; psd=y\""),
    ]
  ) { readings, facts in
    guard readings.differsInPolicy || readings.differsInAlignment else { return [] }
    let (current, legacy) = (readings.current, readings.legacy)
    let isAbove = legacy.organization.isAtOrBelow(current.organization)
    let mend = isAbove ? readings.registrableRecord?.mend { $0.suffix = .organizationalDomain } : nil
    return [
      Fault(
        in: readings.stop.answer,
        """
        For mail of \(facts.domain), receivers of RFC 9989 take \(current.organization) for the organisation \
        and \(current.conclusion); those of RFC 7489 take \(legacy.organization) and \(legacy.conclusion).
        """,
        observed: readings.stop.record.map { "\(foreign: $0.octets)" },
        expected: isAbove
          ? "`psd=n` in the record of \(legacy.organization)" : "a DMARC record at \(legacy.organization)",
        mend: mend)
    ]
  }
}

extension DMARCReadings.Reading {
  fileprivate var conclusion: Message {
    guard let location else { return "find no DMARC record" }
    guard let policy else { return "apply no DMARC" }
    return "apply \(own: policy.rawValue) from \(location)"
  }
}
