import DMARC
package import Verdict

extension Rule {
  package static let dmarcNPWeaker = Rule(
    "dmarc.np-weaker",
    "DMARC protects subdomains that do not exist less than those that do",
    about: OrganizationalDMARC.self,
    severity: .medium,
    why: "Nobody sends from a name that does not exist, except forgers.",
    fix: "Publish `np=reject`, or remove `np`.",
    references: [.rfc(9989, "4.7")],
    examples: [
      .flags("weaker than p", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; np=none""#),
      .flags(
        "weaker than sp", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; sp=reject; np=quarantine""#),
      .passes("stronger", #"_dmarc TXT "v=DMARC1; p=none; np=reject""#),
      .passes("without it", #"_dmarc TXT "v=DMARC1; p=reject""#),
    ]
  ) { record, _ in
    guard let policy = record.settings.subdomainPolicy ?? record.settings.policy,
      let weaker = record.settings.nonexistentPolicy, weaker < policy
    else { return [] }
    return [
      record.published.fault(
        "Subdomains that do not exist get \(own: weaker.rawValue), others \(own: policy.rawValue).",
        expected: "np=\(own: policy.rawValue)",
        mend: record.published.mend { $0.nonexistentPolicy = policy })
    ]
  }
}
