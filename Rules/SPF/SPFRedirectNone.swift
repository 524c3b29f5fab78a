import SPF
package import Verdict

extension Rule {
  package static let spfRedirectNone = Rule(
    "spf.redirect-none",
    "redirect leads to a domain without SPF",
    about: SPFLink.self,
    severity: .high,
    why: "The result is a permanent error for every client that no earlier term matches.",
    fix: "Correct the domain, or end the record with `-all` or `~all` instead.",
    references: [.rfc(7208, "6.1")],
    examples: [
      .flags("no such name", at: ["_spf.gone.example."], #"@ TXT "v=spf1 redirect=_spf.gone.example""#),
      .flags(
        "a name without SPF", at: ["other.example.com."],
        #"@ TXT "v=spf1 redirect=other.example.com""# + "\n" + "other TXT x"),
      .passes(
        "it has SPF",
        #"@ TXT "v=spf1 redirect=other.example.com""# + "\n" + #"other TXT "v=spf1 -all""#),
      .passes("beside all it is ignored", #"@ TXT "v=spf1 -all redirect=_spf.gone.example""#),
    ]
  ) { link, _ in link.kind == .redirect ? link.absenceFaults : [] }
}
