import DMARC
package import Verdict

extension Rule {
  package static let dmarcRUFPrivacy = Rule(
    "dmarc.ruf-privacy",
    "A public suffix asks for failure reports",
    about: PublicSuffixDMARC.self,
    severity: .medium,
    why: """
      Failure reports hold messages of the organisations below the suffix. Its owner must not ask for them.
      """,
    fix: "Remove `ruf`.",
    references: [.rfc(9989, "10.2")],
    examples: [
      .flags(
        "ruf", domain: "co.uk", at: ["_dmarc.co.uk."],
        "co.uk. TXT \"a registry\"\n_dmarc.co.uk. TXT \"v=DMARC1; p=none; psd=y; ruf=mailto:d@nic.uk\""),
      .passes(
        "rua alone", domain: "co.uk",
        "co.uk. TXT \"a registry\"\n_dmarc.co.uk. TXT \"v=DMARC1; p=none; psd=y; rua=mailto:d@nic.uk\""),
      .passes("an ordinary domain", #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@example.com""#),
    ]
  ) { suffix, _ in
    guard !suffix.published.record.settings.failureReports.isEmpty else { return [] }
    return [
      suffix.published.fault(
        "\(suffix.published.stop.step.target) is a public suffix, and its record has `ruf`.",
        mend: suffix.published.mend {
          $0.failureReports = []
          $0.failureOptions = [.allFail]
        })
    ]
  }
}
