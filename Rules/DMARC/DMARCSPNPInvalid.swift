import DMARC
package import Verdict

extension Rule {
  package static let dmarcSPNPInvalid = Rule(
    "dmarc.sp-np-invalid",
    "A DMARC policy for subdomains is not none, quarantine or reject",
    about: DMARCPublication.self,
    severity: .high,
    why: """
      An invalid `sp` or `np` degrades the whole record to `p=none`, or voids it if it asks for no \
      reports.
      """,
    fix: "Write none, quarantine or reject, or leave the tag out.",
    references: [.rfc(9989, "4.10.1")],
    examples: [
      .flags("sp", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; sp=rejected""#),
      .flags(
        "sp that may mean anything", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; sp=x""#),
      .flags("np", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; np=yes""#),
      .passes("both valid", #"_dmarc TXT "v=DMARC1; p=reject; sp=quarantine; np=reject""#),
    ]
  ) { publication, _ in
    publication.ownStops.flatMap { stop in
      stop.faults(expected: "none, quarantine or reject", mend: \.meantSubdomainPolicies) { kind in
        kind == .subdomainPolicyInvalid || kind == .nonexistentPolicyInvalid
      }
    }
  }
}

extension DMARCRecord {
  /// The settings with the policies that begin as the published ones do. Without `np` that of subdomains counts,
  /// which harms nobody's mail; without `sp` that of the domain does, which may be more than was meant.
  fileprivate var meantSubdomainPolicies: DMARCSettings? {
    var settings = self.settings
    if settings.nonexistentPolicy == nil {
      settings.nonexistentPolicy = DMARCPolicy(meantBy: tags["np"]?.value)
    }
    if settings.subdomainPolicy == nil, let published = tags["sp"]?.value {
      guard let meant = DMARCPolicy(meantBy: published) else { return nil }
      settings.subdomainPolicy = meant
    }
    return settings.policy == nil ? nil : settings
  }
}
