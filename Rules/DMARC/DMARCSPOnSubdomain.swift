package import Verdict

extension Rule {
  package static let dmarcSPOnSubdomain = Rule(
    "dmarc.sp-on-subdomain",
    "A subdomain's DMARC record has sp or np, which count only higher up",
    about: SubdomainDMARC.self,
    severity: .low,
    why: """
      Receivers take `sp` and `np` from the organisational domain alone: names below this subdomain do not \
      get the policy that is written here.
      """,
    fix: "Remove the tags, or publish `psd=n`, if the subdomain is an organisation of its own.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "4.10.2")],
    examples: [
      .flags(
        "sp", domain: "sub.example.com", at: ["_dmarc.sub.example.com."],
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=none; sp=reject\"\n_dmarc TXT \"v=DMARC1; p=none\""),
      .passes(
        "psd=n makes it an organisation", domain: "sub.example.com",
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=none; sp=reject; psd=n\"\n_dmarc TXT \"v=DMARC1; p=none\""
      ),
      .passes(
        "without a record above it is one", domain: "sub.example.com",
        "sub MX 10 mail\n_dmarc.sub TXT \"v=DMARC1; p=none; sp=reject\""),
    ]
  ) { record, _ in
    let tags = ["sp", "np"].filter { record.published.record.tags[$0] != nil }
    guard !tags.isEmpty else { return [] }
    return [
      record.published.fault(
        "\(record.published.stop.step.target) is no organisational domain, and its record has "
          + tags.map { "\(own: $0)" as Message }.enumeration + ".",
        expected: "the tags at \(record.organization)",
        mend: record.published.mend {
          $0.subdomainPolicy = nil
          $0.nonexistentPolicy = nil
        })
    ]
  }
}
