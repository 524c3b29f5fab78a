import SPF
package import Verdict

extension Rule {
  package static let spfSoftfail = Rule(
    "spf.softfail",
    "SPF suspects those whom it does not name, and does not refuse them",
    about: SPFConclusion.self,
    severity: .info,
    why: """
      `~all` leaves it to the receiver and to DMARC what becomes of such mail. `-all` may have forwarded \
      mail refused before its DKIM signature is looked at. Both are sound; manuals differ.
      """,
    fix: "Nothing needs to be done. Where no mail is forwarded, `-all` is stricter.",
    references: [.rfc(9989, "7.1"), .practice("internet.nl: mail test")],
    examples: [
      .flags("~all", at: ["example.com."], #"@ TXT "v=spf1 mx ~all""#),
      .passes("-all", #"@ TXT "v=spf1 mx -all""#),
      .passes(
        "~all in an included record does not count",
        #"@ TXT "v=spf1 include:_spf.example.com -all""# + "\n" + #"_spf TXT "v=spf1 mx ~all""#),
    ]
  ) { conclusion, _ in
    guard conclusion.all?.qualifier == .softfail else { return [] }
    let answer = conclusion.published.answer
    return [Fault(in: answer, "The record ends in `~all`.").resting(on: [.lookup(answer.question)])]
  }
}
