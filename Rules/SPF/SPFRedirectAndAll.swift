import SPF
package import Verdict

extension Rule {
  package static let spfRedirectAndAll = Rule(
    "spf.redirect-and-all",
    "SPF has redirect beside all, and it is ignored",
    about: PublishedSPF.self,
    severity: .low,
    why: "`redirect` counts only where nothing has matched, and `all` matches everybody.",
    fix: "Remove `all` if the other domain's record is to decide, else remove `redirect`.",
    references: [.rfc(7208, "6.1")],
    examples: [
      .flags("in front of all", at: ["example.com."], #"@ TXT "v=spf1 redirect=a.example.com mx -all""#),
      .flags("behind all", at: ["example.com."], #"@ TXT "v=spf1 mx -all redirect=a.example.com""#),
      .passes(
        "redirect alone", #"@ TXT "v=spf1 mx redirect=a.example.com""# + "\n" + #"a TXT "v=spf1 -all""#),
      .passes("all alone", #"@ TXT "v=spf1 mx -all""#),
    ]
  ) { published, _ in
    published.record.unreachableTerms.filter { $0.modifier != nil }.map { term in
      Fault(
        in: published.answer, "The term \(foreign: term.text) is ignored beside `all`.",
        observed: "\(foreign: published.record.octets)", expected: "either of them")
    }
  }
}
