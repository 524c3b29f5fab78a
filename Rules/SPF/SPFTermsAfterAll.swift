import SPF
package import Verdict

extension Rule {
  package static let spfTermsAfterAll = Rule(
    "spf.terms-after-all",
    "SPF terms stand behind all, where nobody reads them",
    about: PublishedSPF.self,
    severity: .medium,
    why: """
      An evaluation ends at `all`, which matches everybody. Senders named behind it are not authorised, \
      though they were meant to be.
      """,
    fix: "Move the terms in front of `all`, or remove them.",
    references: [.rfc(7208, "5.1")],
    examples: [
      .flags("an address", at: ["example.com."], #"@ TXT "v=spf1 mx -all ip4:192.0.2.1""#),
      .flags("a second all", at: ["example.com."], #"@ TXT "v=spf1 mx ~all -all""#),
      .passes("all at the end", #"@ TXT "v=spf1 mx ip4:192.0.2.1 -all""#),
      .passes("exp may stand anywhere", #"@ TXT "v=spf1 mx -all exp=why.example.com""# + "\nwhy TXT x"),
      .passes("redirect is spf.redirect-and-all", #"@ TXT "v=spf1 mx -all redirect=a.example.com""#),
    ]
  ) { published, _ in
    published.record.unreachableTerms.filter { $0.mechanism != nil }.map { term in
      Fault(
        in: published.answer, "The term \(foreign: term.text) stands behind `all`.",
        observed: "\(foreign: published.record.octets)", expected: "`all` as the last mechanism")
    }
  }
}
