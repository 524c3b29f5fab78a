import SPF
package import Verdict

extension Rule {
  package static let spfAEmpty = Rule(
    "spf.a-empty",
    "SPF authorises a host that has no address",
    about: SurveyedSPF.self,
    severity: .low,
    why: "The term matches nobody and costs a look-up that finds nothing, of which receivers allow two.",
    fix: "Remove the term, or correct its domain.",
    references: [.rfc(7208, "5.3"), .rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "a domain without an address", at: ["example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 a mx -all\""),
      .flags(
        "a host that is gone", at: ["example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx a:old.example.com -all\""),
      .passes("an address", "@ A 192.0.2.1\n@ TXT \"v=spf1 a -all\""),
      .passes("one family is enough", "@ AAAA 2001:db8::1\n@ TXT \"v=spf1 a -all\""),
      .passes("behind all nobody looks", "@ MX 10 mail\nmail A 192.0.2.1\n@ TXT \"v=spf1 mx -all a\""),
    ]
  ) { survey, _ in
    let empty = survey.terms.filter { surveyed in
      guard case .a = surveyed.term.mechanism else { return false }
      return surveyed.isVoid
    }.map(\.term)
    // What authorises nobody at all would make the domain one without mail.
    let isLastHope = !survey.terms.contains { $0.term.qualifier == .pass && !empty.contains($0.term) }
    return empty.map { term in
      Fault(
        in: survey.published.answer, "The term \(foreign: term.text) leads to no address.",
        expected: "a host with an A or AAAA record",
        mend: isLastHope ? nil : survey.published.removing(empty))
    }
  }
}
