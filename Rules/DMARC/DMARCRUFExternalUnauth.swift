package import Verdict

extension Rule {
  package static let dmarcRUFExternalUnauth = Rule(
    "dmarc.ruf-external-unauth",
    "The host that is to get failure reports has not agreed to take them",
    about: ExternalFailureReports.self,
    severity: .low,
    why: """
      Copies of failed messages go to another organisation only if its DNS says that it wants those of this \
      domain. Few receivers send any; without that record nobody does.
      """,
    fix: """
      Ask whoever runs the report host to publish the record, or remove `ruf` if nobody reads those reports.
      """,
    references: [.rfc(9991, ""), .rfc(9990, "4")],
    examples: [
      .flags(
        "nothing there", at: ["example.com._report._dmarc.vendor.example."],
        #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@vendor.example""#),
      .passes(
        "the host agrees",
        #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@vendor.example""#
          + "\n*._report._dmarc.vendor.example. TXT \"v=DMARC1\""),
      .passes(
        "an address for the other reports in it is beside the point",
        #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@vendor.example""#
          + "\n*._report._dmarc.vendor.example. TXT \"v=DMARC1; rua=mailto:d@other.example\""),
      .passes(
        "the same organisation", #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@reports.example.com""#),
    ]
  ) { external, _ in
    guard external.reports.authorization.result == .notAuthorized else { return [] }
    return external.reports.refusals()
  }
}
