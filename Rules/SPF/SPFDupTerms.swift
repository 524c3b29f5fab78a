import SPF
package import Verdict

extension Rule {
  package static let spfDupTerms = Rule(
    "spf.dup-terms",
    "An SPF term stands twice in one record",
    about: PublishedSPF.self,
    severity: .low,
    why: "The second one matches nobody whom the first has not matched, and may cost look-ups.",
    fix: "Remove the second one.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags("mx", at: ["example.com."], #"@ TXT "v=spf1 mx ip4:192.0.2.1 mx -all""#),
      .flags(
        "another spelling", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.1 +IP4:192.0.2.1/32 -all""#),
      .passes("each once", #"@ TXT "v=spf1 mx ip4:192.0.2.1 -all""#),
      .passes("other prefix lengths", #"@ TXT "v=spf1 mx mx/24 -all""#),
      .passes(
        "the same include in two records",
        #"""
        @ TXT "v=spf1 include:_a.example.com include:_b.example.com -all"
        _a TXT "v=spf1 include:_b.example.com -all"
        _b TXT "v=spf1 ip4:192.0.2.1 -all"
        """#),
    ]
  ) { published, _ in
    var seen: Set<SPFTerm.Content> = []
    let repeated = published.reachableTerms.filter {
      $0.mechanism != nil && !seen.insert($0.content).inserted
    }
    return repeated.map { term in
      Fault(
        in: published.answer, "The term \(foreign: term.text) repeats one in front of it.",
        observed: "\(foreign: published.record.octets)", mend: published.removing(repeated))
    }
  }
}
