import DMARC
package import Verdict

extension Rule {
  package static let dmarcEnforceNoRUA = Rule(
    "dmarc.enforce-no-rua",
    "DMARC has mail refused, and nobody gets reports",
    about: AppliedDMARC.self,
    severity: .medium,
    why: """
      Mail of the domain that fails is refused or taken for spam. Without reports a forgotten sender or a \
      broken key shows only when somebody complains.
      """,
    fix: "Add `rua=mailto:…` with a mailbox of yours.",
    references: [.rfc(9989, "5.1.3"), .rfc(9989, "8")],
    examples: [
      .flags(
        "reject", at: ["_dmarc.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes(
        "with reports",
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.com\""),
      .passes("a parked domain, where nothing can fail", "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes("p=none", "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=none\""),
    ]
  ) { applied, facts in
    guard facts.role.sends, let preference = applied.preference, preference.policy > .none,
      applied.published.record.settings.aggregateReports.isEmpty
    else { return [] }
    return [
      applied.published.fault(
        "The record says \(own: preference.tag.rawValue)=\(own: preference.policy.rawValue) and has no `rua`.",
        expected: "`rua=mailto:…`")
    ]
  }
}
