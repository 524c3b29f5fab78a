import SPF
package import Verdict

extension Rule {
  package static let spfTakeover = Rule(
    "spf.takeover",
    "SPF refers to a domain that nobody has registered",
    about: SPFDanglingTarget.self,
    severity: .critical,
    why: "Whoever registers that domain decides who may send for this one, and passes SPF and DMARC.",
    fix: "Remove the term now.",
    references: [.rfc(7208, "11.4"), .practice("dangling DNS records")],
    examples: [
      .flags(
        "a vendor that is gone", at: ["example.com."], #"@ TXT "v=spf1 include:_spf.gone.example -all""#),
      .flags("a host of one", at: ["example.com."], #"@ TXT "v=spf1 a:mail.gone.example -all""#),
      .passes(
        "a name for use inside, which nobody can register", #"@ TXT "v=spf1 a:mail.office.internal -all""#),
      .passes(
        "the name is missing, its domain is there",
        #"@ TXT "v=spf1 include:_spf.there.example -all""# + "\n" + "there.example. A 192.0.2.1"),
    ]
  ) { target, _ in
    guard case .noSuchName = target.registration.outcome else { return [] }
    return [
      Fault(
        in: target.answer,
        "The term \(foreign: target.term.text) leads into \(target.registration.question.name), which does not exist."
      )
    ]
  }
}
