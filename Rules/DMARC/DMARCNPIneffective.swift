import DNSData
package import Verdict

extension Rule {
  package static let dmarcNPIneffective = Rule(
    "dmarc.np-ineffective",
    "DMARC has a policy for missing names, and no name is missing",
    about: NonexistentNamePolicy.self,
    severity: .info,
    why: """
      `np` counts where the DNS says that a name does not exist. A wildcard answers for every name, and \
      some signing servers never say so: then `sp` or `p` decides.
      """,
    fix: "Nothing, if `sp` and `p` are strong enough.",
    references: [.rfc(9989, "3.2.13"), .rfc(9824, "")],
    examples: [
      .flags(
        "a wildcard", at: ["_dmarc.example.com."],
        "_dmarc TXT \"v=DMARC1; p=none; np=reject\"\n* A 192.0.2.80"),
      .passes("no wildcard", #"_dmarc TXT "v=DMARC1; p=none; np=reject""#),
      .passes("a wildcard without np", "_dmarc TXT \"v=DMARC1; p=none\"\n* A 192.0.2.80"),
    ]
  ) { policy, _ in
    if case .noSuchName = policy.probe.outcome { return [] }
    return [
      policy.published.fault(
        "The record has `np`, and the name \(policy.probe.question.name), which nobody has published, exists."
      )
    ]
  }
}
