import DMARC
package import Verdict

extension Rule {
  package static let dmarcPNoneNoRUA = Rule(
    "dmarc.p-none-no-rua",
    "DMARC asks for nothing and for no reports",
    about: AppliedDMARC.self,
    severity: .low,
    why: """
      `p=none` without `rua` has no effect at all, other than that receivers who demand a record find one. \
      Nobody learns who sends in the domain's name.
      """,
    fix: "Add `rua=mailto:…` with a mailbox of yours, or publish `p=quarantine`.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "5.1.3"), .practice("La Poste: sender requirements")],
    examples: [
      .flags("nothing but p=none", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none""#),
      .flags(
        "failure reports alone", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; ruf=mailto:d@example.com""#),
      .passes("with reports", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
      .passes("with a policy", #"_dmarc TXT "v=DMARC1; p=reject""#),
    ]
  ) { applied, _ in
    guard applied.preference?.policy == DMARCPolicy.none,
      applied.published.record.settings.aggregateReports.isEmpty
    else { return [] }
    return [
      applied.published.fault("The record asks for nothing and for no reports.", expected: "`rua=mailto:…`")
    ]
  }
}
