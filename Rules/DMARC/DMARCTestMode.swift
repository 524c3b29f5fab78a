import DMARC
package import Verdict

extension Rule {
  package static let dmarcTestMode = Rule(
    "dmarc.test-mode",
    "DMARC is in test mode",
    about: PublishedDMARC.self,
    severity: .medium,
    why: "Under `t=y` receivers apply the next weaker policy: reject becomes quarantine, quarantine nothing.",
    fix: "Remove `t=y` once the reports show that every own source passes.",
    references: [.rfc(9989, "4.7")],
    examples: [
      .flags("reject", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; t=y""#),
      .flags(
        "of subdomains", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; sp=reject; t=y""#),
      .passes("without effect under p=none", #"_dmarc TXT "v=DMARC1; p=none; t=y""#),
      .passes("in earnest", #"_dmarc TXT "v=DMARC1; p=reject; t=n""#),
    ]
  ) { published, _ in
    let settings = published.record.settings
    let policies = [settings.policy, settings.subdomainPolicy, settings.nonexistentPolicy].compactMap(\.self)
    guard settings.mode == .testing, published.record.treatment == .asPublished,
      policies.contains(where: { $0 > .none })
    else { return [] }
    return [published.fault("The record has `t=y`, so that the next weaker policy is applied.")]
  }
}
