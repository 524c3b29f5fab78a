import SPF
package import Verdict

extension Rule {
  package static let spfIncludeSelf = Rule(
    "spf.include-self",
    "An SPF record includes itself",
    about: SPFTree.self,
    severity: .high,
    why: "Receivers follow it until the limit of ten look-ups makes it a permanent error.",
    fix: "Remove the include.",
    references: [.rfc(7208, "5.2"), .rfc(7208, "4.6.4")],
    examples: [
      .flags("include", at: ["example.com."], #"@ TXT "v=spf1 include:example.com -all""#),
      .flags("redirect", at: ["example.com."], #"@ TXT "v=spf1 mx redirect=example.com""#),
      .passes(
        "a name below", #"@ TXT "v=spf1 include:_spf.example.com -all""# + "\n" + #"_spf TXT "v=spf1 -all""#),
    ]
  ) { tree, facts in tree.faults(ofLoops: .toItself, in: facts) }
}
