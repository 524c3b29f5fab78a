import DMARC
package import Verdict

extension Rule {
  package static let dmarcSPWeaker = Rule(
    "dmarc.sp-weaker",
    "DMARC protects subdomains less than the domain",
    about: OrganizationalDMARC.self,
    severity: .medium,
    why: "Forgers take any subdomain, whether it exists or not: to readers it looks just as genuine.",
    fix: "Make `sp` as strong as `p`, or remove it, once all subdomains that send pass.",
    references: [.rfc(9989, "4.7")],
    examples: [
      .flags("sp=none", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; sp=none""#),
      .passes("as strong", #"_dmarc TXT "v=DMARC1; p=reject; sp=reject""#),
      .passes("stronger, as in a roll-out", #"_dmarc TXT "v=DMARC1; p=none; sp=reject""#),
      .passes("without sp the policy is p", #"_dmarc TXT "v=DMARC1; p=reject""#),
    ]
  ) { record, _ in
    guard let policy = record.settings.policy, let weaker = record.settings.subdomainPolicy, weaker < policy
    else { return [] }
    return [
      record.published.fault(
        "Subdomains get \(own: weaker.rawValue), the domain itself \(own: policy.rawValue).",
        expected: "sp=\(own: policy.rawValue)")
    ]
  }
}
