package import Verdict

extension Rule {
  package static let dmarcRUAExternalToolong = Rule(
    "dmarc.rua-external-toolong",
    "The name at which a report host would have to agree is too long for the DNS",
    about: ExternalAggregateReports.self,
    severity: .medium,
    why: """
      Another organisation agrees to take reports at a name made of both domains. One of more than 255 octets \
      cannot exist, so that the address is ignored and gets no report.
      """,
    fix: "Have the reports sent to a host with a shorter name, or to one of the own domain.",
    references: [.rfc(9990, "4")],
    examples: [
      .flags(
        "a long host", at: ["_dmarc.example.com."],
        "_dmarc TXT \"v=DMARC1; p=none; \" \"rua=mailto:d@\(longHost)\""),
      .passes(
        "a long host of the same organisation",
        "_dmarc TXT \"v=DMARC1; p=none; \" \"rua=mailto:d@\(longHost.dropLast(".example".count)).example.com\""
      ),
      .passes("a short one", "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@vendor.example\""),
    ]
  ) { external, _ in
    let address = external.reports.address
    guard external.reports.authorization.result == .nameTooLong else { return [] }
    return [
      address.published.fault(
        """
        \(address.host) belongs to others and can never agree to take the reports about \
        \(address.published.stop.step.target): the name of that record would be over 255 octets.
        """,
        expected: "a report host with a shorter name")
    ]
  }

  /// 239 octets on the wire.
  private static let longHost =
    (Array(repeating: String(repeating: "a", count: 60), count: 3) + [String(repeating: "b", count: 45)])
    .joined(separator: ".") + ".example"
}
