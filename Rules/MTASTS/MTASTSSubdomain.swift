package import Verdict

extension Rule {
  package static let mtastsSubdomain = Rule(
    "mtasts.subdomain",
    "The MTA-STS policy of the domain above does not hold here",
    about: MailSubdomain.self,
    severity: .medium,
    why: "Policies are not inherited: senders do not demand TLS for mail to this subdomain.",
    fix: """
      Publish a record at `_mta-sts` of the subdomain as well, and serve a policy at `mta-sts` below it. \
      Both may be aliases to those of the domain above, if the certificate covers the name.
      """,
    references: [.rfc(8461, "3.4"), .rfc(8461, "8.2")],
    examples: [
      .flags(
        "only above", domain: "lists.example.com", at: ["_mta-sts.lists.example.com."],
        "lists MX 10 mail\nmail A 192.0.2.1\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.80"),
      .passes(
        "its own", domain: "lists.example.com",
        """
        lists MX 10 mail
        mail A 192.0.2.1
        _mta-sts TXT "v=STSv1; id=1;"
        mta-sts A 192.0.2.80
        _mta-sts.lists CNAME _mta-sts
        mta-sts.lists CNAME mta-sts
        """),
      .passes(
        "a subdomain without mail", domain: "www.example.com",
        "www A 192.0.2.80\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.80"),
      .passes(
        "none above either", domain: "lists.example.com", "lists MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { subdomain, facts in
    guard subdomain.believesInInheritance else { return [] }
    return [
      Fault(
        in: subdomain.answer,
        "\(subdomain.organization) has an MTA-STS record, \(facts.domain) has none and does not inherit it.",
        expected: "an MTA-STS record")
    ]
  }
}
