import SPF
package import Verdict

extension Rule {
  package static let spfUnknownMechanism = Rule(
    "spf.unknown-mechanism",
    "The SPF record has a mechanism that does not exist",
    about: PublishedSPF.self,
    severity: .high,
    why:
      "An unknown mechanism makes the whole record a permanent error, so that SPF protects and authorises nothing.",
    fix: "Use one of all, include, a, mx, ip4, ip6, exists. Modifiers have `=`, mechanisms have `:`.",
    references: [.rfc(7208, "4.6.1"), .rfc(7208, "5")],
    examples: [
      .flags("ipv4 for ip4", at: ["example.com."], #"@ TXT "v=spf1 ipv4:192.0.2.1 -all""#),
      .flags("ip for ip4", at: ["example.com."], #"@ TXT "v=spf1 ip:192.0.2.1 -all""#),
      .flags(
        "include with an equals sign", at: ["example.com."],
        #"@ TXT "v=spf1 include=vendor.example -all""# + "\n"
          + #"vendor.example. TXT "v=spf1 ip4:192.0.2.1 -all""#),
      .passes("an unknown modifier is ignored", #"@ TXT "v=spf1 mx ra=postmaster -all""#),
      .passes("upper case", #"@ TXT "v=spf1 MX IP4:192.0.2.1 -ALL""#),
    ]
  ) { published, _ in
    published.faults(expected: "all, include, a, mx, ip4, ip6 or exists") { kind in
      if case .unknownMechanism = kind { true } else { false }
    }
      + published.remarks(expected: "`:` behind the mechanism") { remark in
        if case .mechanismAsModifier = remark.kind { true } else { false }
      }
  }
}
