import DNSData
package import Verdict

extension Rule {
  package static let mtastsCNAMEDangling = Rule(
    "mtasts.cname-dangling",
    "A name of MTA-STS is an alias that leads to nothing",
    about: MTASTSName.self,
    severity: .high,
    why: """
      Senders find no record, or no policy: TLS is not demanded. Whoever gets hold of the target decides \
      how mail to this domain is delivered.
      """,
    fix: """
      Ask the service that the alias leads to for the right name, or remove the alias if the service is no \
      longer used. An alias to a service that serves the policy is fine.
      """,
    references: [.rfc(8461, "3.1"), .rfc(8461, "8.2")],
    examples: [
      .flags(
        "the record is gone", at: ["_mta-sts.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_mta-sts CNAME example-com.sts.vendor.example."),
      .flags(
        "the policy host is gone", at: ["mta-sts.example.com."],
        "_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts CNAME example-com.sts.vendor.example."),
      .passes(
        "both are handed on",
        """
        _mta-sts CNAME _mta-sts.vendor.example.
        mta-sts CNAME mta-sts.vendor.example.
        _mta-sts.vendor.example. TXT "v=STSv1; id=1;"
        mta-sts.vendor.example. A 203.0.113.80
        """),
      .passes(
        "a wildcard for web hosts answers at every name",
        "@ MX 10 mail\n* CNAME www\nmail A 192.0.2.1\nwww A 192.0.2.80"),
      .passes("null MX", "@ MX 0 .\n_mta-sts CNAME example-com.sts.vendor.example."),
    ]
  ) { name, _ in
    guard name.isDangling else { return [] }
    return [
      Fault(
        in: name.answer,
        "\(name.answer.question.name) is an alias for \(name.target), which has no \(own: name.missing).",
        expected: "\(own: name.wanted) at \(name.target)")
    ]
  }
}
