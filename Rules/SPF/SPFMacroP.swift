import SPF
package import Verdict

extension Rule {
  package static let spfMacroP = Rule(
    "spf.macro-p",
    "An SPF term uses the macro %{p}",
    about: PublishedSPF.self,
    severity: .medium,
    why: """
      `%{p}` stands for the client's confirmed reverse name, which takes slow look-ups in foreign zones. \
      The standard says not to publish it.
      """,
    fix: "Use `%{i}` for the client's address, or name the hosts.",
    references: [.rfc(7208, "7.2")],
    examples: [
      .flags("in exists", at: ["example.com."], #"@ TXT "v=spf1 exists:%{p}._spf.example.com -all""#),
      .flags("in capitals", at: ["example.com."], #"@ TXT "v=spf1 a:%{P}.example.com -all""#),
      .passes("another macro", #"@ TXT "v=spf1 exists:%{i}._spf.example.com -all""#),
    ]
  ) { published, _ in
    published.reachableTerms.filter(\.usesValidatedName).map { term in
      Fault(in: published.answer, "The term \(foreign: term.text) has the macro `%{p}`.")
    }
  }
}
