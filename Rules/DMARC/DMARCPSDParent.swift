import DMARC
package import Verdict

extension Rule {
  package static let dmarcPSDParent = Rule(
    "dmarc.psd-parent",
    "A public suffix above the domain is taken for its organisation",
    about: SuffixDMARC.self,
    severity: .medium,
    why: """
      The suffix publishes a DMARC record without `psd=y`. Receivers take it for the organisational domain: \
      its policy and alignment are shared with everybody who registers there.
      """,
    fix: "Publish `psd=n` in the domain's own record.",
    references: [.rfc(9989, "4.10.2"), .rfc(9989, "11.8")],
    examples: [
      .flags(
        "a suffix without psd", domain: "example.co.uk", at: ["_dmarc.example.co.uk."],
        """
        example.co.uk. MX 10 mail.example.co.uk.
        _dmarc.example.co.uk. TXT "v=DMARC1; p=reject"
        _dmarc.co.uk. TXT "v=DMARC1; p=none"
        """),
      .passes(
        "psd=n", domain: "example.co.uk",
        """
        example.co.uk. MX 10 mail.example.co.uk.
        _dmarc.example.co.uk. TXT "v=DMARC1; p=reject; psd=n"
        _dmarc.co.uk. TXT "v=DMARC1; p=none"
        """),
      .passes(
        "a suffix that says so", domain: "example.co.uk",
        """
        example.co.uk. MX 10 mail.example.co.uk.
        _dmarc.example.co.uk. TXT "v=DMARC1; p=reject"
        _dmarc.co.uk. TXT "v=DMARC1; p=none; psd=y"
        """),
    ]
  ) { above, facts in
    guard above.isTakenForOrganization, above.record.settings.suffix != .publicSuffix else { return [] }
    let own = above.organization ?? above.suffix
    var settings = own.record?.undoubted
    settings?.suffix = .organizationalDomain
    let mend = above.organization.flatMap { own in
      own.record.flatMap { record in settings.map { own.mend(of: record, to: $0) } }
    }
    return [
      Fault(
        in: own.answer,
        "\(above.suffix.step.target) has a DMARC record without psd=y, and is taken for the organisation of "
          + "\(facts.domain).",
        observed: "\(foreign: above.record.octets)", expected: "psd=n in the domain's own record", mend: mend)
    ]
  }
}
