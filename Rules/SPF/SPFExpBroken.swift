import SPF
package import Verdict

extension Rule {
  package static let spfExpBroken = Rule(
    "spf.exp-broken",
    "The explanation of the SPF record cannot be used",
    about: SPFExplained.self,
    severity: .info,
    why: """
      Receivers put the text that `exp` leads to into their refusal. Without it the refusal has another \
      text; the result does not change.
      """,
    fix: "Publish one TXT record of plain ASCII at the domain behind `exp=`, or remove the term.",
    references: [.rfc(7208, "6.2")],
    examples: [
      .flags("nothing there", at: ["why.example.com."], #"@ TXT "v=spf1 mx -all exp=why.example.com""#),
      .flags(
        "two texts", at: ["why.example.com."],
        #"@ TXT "v=spf1 mx -all exp=why.example.com""# + "\nwhy TXT one\nwhy TXT two"),
      .flags(
        "not ASCII", at: ["why.example.com."],
        #"@ TXT "v=spf1 mx -all exp=why.example.com""# + "\nwhy TXT \"Verf\\195\\164lscht\""),
      .passes(
        "one text",
        #"@ TXT "v=spf1 mx -all exp=why.example.com""# + "\nwhy TXT \"See https://example.com/why?ip=%{I}\""),
    ]
  ) { explained, _ in
    let reason: Message
    switch explained.explanation {
    case .text, .failed: return []
    case .absent: reason = "has no text"
    case .multiple(let count): reason = "has \(count) texts"
    case .faulty: reason = "has a text that is not plain ASCII with sound macros"
    }
    return [
      Fault(
        in: explained.answer,
        "The term \(foreign: explained.term.text) leads to \(explained.answer.question.name), which \(reason).",
        expected: "one TXT record of plain ASCII")
    ]
  }
}
