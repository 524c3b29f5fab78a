package import Verdict

extension Rule {
  package static let dmarcSubdomainShadow = Rule(
    "dmarc.subdomain-shadow",
    "A DMARC record between the domain and its organisation does not count",
    about: SubdomainDMARC.self,
    severity: .medium,
    why: """
      Receivers take the record of the domain itself or that of the organisation, which is the one with the \
      fewest labels. One in between governs nobody but its own name.
      """,
    fix: """
      Publish `psd=n` in the record between, if it is meant to be an organisation of its own, or publish a \
      record at the domain itself.
      """,
    references: [.rfc(9989, "4.10.1"), .rfc(9989, "4.10.2")],
    examples: [
      .flags(
        "a department", domain: "mail.dept.example.com", at: ["_dmarc.dept.example.com."],
        """
        mail.dept MX 10 mx
        _dmarc.dept TXT "v=DMARC1; p=reject"
        _dmarc TXT "v=DMARC1; p=none"
        """),
      .passes(
        "psd=n", domain: "mail.dept.example.com",
        """
        mail.dept MX 10 mx
        _dmarc.dept TXT "v=DMARC1; p=reject; psd=n"
        _dmarc TXT "v=DMARC1; p=none"
        """),
      .passes(
        "the domain's own record", domain: "dept.example.com",
        """
        dept MX 10 mx
        _dmarc.dept TXT "v=DMARC1; p=reject"
        _dmarc TXT "v=DMARC1; p=none"
        """),
    ]
  ) { record, facts in
    guard record.isPassedOver else { return [] }
    return [
      record.published.fault(
        "For \(facts.domain) the record of \(record.organization) counts, not that of "
          + "\(record.published.stop.step.target).")
    ]
  }
}
