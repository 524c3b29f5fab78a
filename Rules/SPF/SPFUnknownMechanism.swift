import SPF
package import Verdict

extension Rule {
  package static let spfUnknownMechanism = Rule(
    "spf.unknown-mechanism",
    "The SPF record has a mechanism that does not exist",
    about: PublishedSPF.self,
    severity: .high,
    why: "An unknown mechanism makes the whole record a permanent error, so that SPF protects and authorises nothing.",
    fix: "Use one of all, include, a, mx, ip4, ip6, exists. Modifiers have `=`, mechanisms have `:`.",
    references: [.rfc(7208, "4.6.1"), .rfc(7208, "5")],
    examples: [
      .flags("ipv4 for ip4", at: ["example.com."], #"@ TXT "v=spf1 ipv4:192.0.2.1 -all""#),
      .flags("ip for ip4", at: ["example.com."], #"@ TXT "v=spf1 ip:192.0.2.1 -all""#),
      .flags("include with an equals sign", at: ["example.com."], #"@ TXT "v=spf1 include=vendor.example -all""#),
      .passes("an unknown modifier is ignored", #"@ TXT "v=spf1 mx ra=postmaster -all""#),
      .passes("upper case", #"@ TXT "v=spf1 MX IP4:192.0.2.1 -ALL""#),
    ]
  ) { published, _ in
    let unknown = published.faults(expected: "all, include, a, mx, ip4, ip6 or exists") { fault in
      if case .unknownMechanism(let name) = fault.kind { "There is no mechanism \(foreign: name)" } else { nil }
    }
    let disguised = published.record.remarks.compactMap { remark -> Fault? in
      guard case .mechanismAsModifier(let name) = remark.kind else { return nil }
      return Fault(
        in: published.answer,
        "The mechanism \(foreign: name) is written with `=`, so that receivers take it for a modifier and ignore it "
          + "(at octet \(remark.range.lowerBound + 1)).", expected: "`:` behind the mechanism", mend: published.mend)
    }
    return unknown + disguised
  }
}
