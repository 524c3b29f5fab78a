import DMARC
package import Verdict

extension Rule {
  package static let dmarcNPUnset = Rule(
    "dmarc.np-unset",
    "Names that do not exist get the weaker policy of subdomains",
    about: OrganizationalDMARC.self,
    severity: .low,
    why: """
      `sp` is weak for the sake of subdomains that send. Without `np` it holds for names that do not exist \
      too, from which nobody sends except forgers.
      """,
    fix: "Add `np` with the policy of the domain itself.",
    references: [.rfc(9989, "4.7")],
    examples: [
      .flags("sp alone", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; sp=none""#),
      .passes("with np", #"_dmarc TXT "v=DMARC1; p=reject; sp=none; np=reject""#),
      .passes("without sp", #"_dmarc TXT "v=DMARC1; p=reject""#),
    ]
  ) { record, _ in
    guard record.settings.nonexistentPolicy == nil, let policy = record.settings.policy,
      let weaker = record.settings.subdomainPolicy, weaker < policy
    else { return [] }
    return [
      record.published.fault(
        "Subdomains that do not exist get \(own: weaker.rawValue), because `np` is missing.",
        expected: "np=\(own: policy.rawValue)",
        mend: record.published.mend { $0.nonexistentPolicy = policy })
    ]
  }
}
