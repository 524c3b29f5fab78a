import DMARC
package import Verdict

extension Rule {
  package static let dmarcPMissing = Rule(
    "dmarc.p-missing",
    "The DMARC record has no policy",
    about: DMARCPublication.self,
    severity: .high,
    why: "Current receivers take it for `p=none`, older ones may ignore the whole record.",
    fix: "Write `p=none`, `p=quarantine` or `p=reject` behind `v=DMARC1`.",
    references: [.rfc(9989, "4.7"), .rfc(7489, "6.3")],
    examples: [
      .flags(
        "only reports", at: ["_dmarc.example.com."],
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; rua=mailto:d@example.com\""),
      .flags(
        "a bare report address", at: ["_dmarc.example.com."],
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; rua=d@example.com\""),
      .passes("with p", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
    ]
  ) { publication, _ in
    publication.ownStops.flatMap { stop in
      stop.faults(expected: "p=none, p=quarantine or p=reject", mend: { $0.settings.with(policy: .none) }) {
        $0 == .policyMissing
      }
    }
  }
}

extension DMARCSettings {
  func with(policy: DMARCPolicy) -> DMARCSettings {
    var settings = self
    settings.policy = policy
    return settings
  }
}
