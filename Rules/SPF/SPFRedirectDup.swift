import SPF
package import Verdict

extension Rule {
  package static let spfRedirectDup = Rule(
    "spf.redirect-dup",
    "redirect or exp stands twice in the SPF record",
    about: PublishedSPF.self,
    severity: .high,
    why: "Each may stand once; twice makes the whole record a permanent error.",
    fix: "Keep one of them.",
    references: [.rfc(7208, "6")],
    examples: [
      .flags("two redirects", at: ["example.com."], #"@ TXT "v=spf1 redirect=a.example redirect=b.example""#),
      .flags("two explanations", at: ["example.com."], #"@ TXT "v=spf1 -all exp=a.example exp=b.example""#),
      .flags(
        "the same twice", at: ["example.com."], #"@ TXT "v=spf1 redirect=a.example redirect=a.example""#),
      .passes("one of each", #"@ TXT "v=spf1 exp=a.example redirect=b.example""#),
      .passes("an unknown modifier twice", #"@ TXT "v=spf1 x=1 x=2 -all""#),
    ]
  ) { published, _ in
    published.faults { kind in
      if case .duplicateModifier = kind { true } else { false }
    }
  }
}
