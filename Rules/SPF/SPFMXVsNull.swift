import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfMXVsNull = Rule(
    "spf.mx-vs-null",
    "SPF authorises the MX hosts of a domain that has none",
    about: SurveyedSPF.self,
    severity: .medium,
    why: """
      The term matches nobody: without MX records SPF does not fall back to the address. It only costs \
      look-ups that find nothing, of which receivers allow two.
      """,
    fix: "Remove the term, or name the hosts that send by `a`, `ip4` or `ip6`.",
    references: [.rfc(7208, "5.4"), .rfc(7208, "4.6.4")],
    examples: [
      .flags("null MX", at: ["example.com."], "@ MX 0 .\n@ TXT \"v=spf1 mx -all\""),
      .flags("no MX", at: ["example.com."], "@ A 192.0.2.1\n@ TXT \"v=spf1 a mx -all\""),
      .flags(
        "another domain", at: ["example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx mx:www.example.com -all\"\nwww A 192.0.2.80"),
      .passes("an MX", "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all\""),
      .passes("mx behind all", "@ A 192.0.2.1\n@ TXT \"v=spf1 a -all mx\""),
    ]
  ) { survey, facts in
    let empty = survey.terms.compactMap { surveyed -> (term: SPFTerm, answer: Answer)? in
      guard case .mx = surveyed.term.mechanism, case .name(let name) = surveyed.target,
        let answer = facts.snapshot.answer(name, .mx), answer.failure == nil,
        answer.records.allSatisfy({ $0.exchanger?.isNull == true })
      else { return nil }
      return (surveyed.term, answer)
    }
    // Without any MX record it may be that record which is missing.
    let removable = empty.filter { !$0.answer.records.isEmpty }.map(\.term)
    return empty.map { term, answer in
      Fault(
        in: survey.published.answer,
        answer.records.isEmpty
          ? "The term \(foreign: term.text) looks for MX records of \(answer.question.name), which has none."
          : "The term \(foreign: term.text) leads to the null MX of \(answer.question.name).",
        expected: "terms that name hosts",
        mend: answer.records.isEmpty ? nil : survey.published.removing(removable)
      ).resting(on: [.lookup(answer.question)])
    }
  }
}
