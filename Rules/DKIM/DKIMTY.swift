import DKIM
package import Verdict

extension Rule {
  package static let dkimTY = Rule(
    "dkim.t-y",
    "The key says that DKIM is only being tested",
    about: DKIMSelector.self,
    severity: .medium,
    why: """
      Under `t=y` verifiers must treat a message whose signature fails like one without a signature. Many \
      ignore the flag; it is no state to stay in.
      """,
    fix: "Remove `t=y` once signatures pass.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "t=y", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; t=y"))"),
      .flags(
        "beside another flag", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; t=y:s"))"),
      .flags(
        "a guess may not be in use yet", at: ["mail._domainkey.example.com."], severity: .info,
        "mail._domainkey TXT \(ExampleKey.record("v=DKIM1; t=y"))"),
      .passes("t=s", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("v=DKIM1; t=s"))"),
    ]
  ) { selector, _ in
    selector.faults(.medium, ifGuessed: .info, mend: \.inEarnest) { kind in
      kind == .testing ? "\(own: kind.description)" : nil
    }
  }
}

extension DKIMKeyRecord {
  fileprivate var inEarnest: DKIMKeyPublication? {
    publication.map { DKIMKeyPublication(key: $0.key, flags: $0.flags.subtracting([.testing])) }
  }
}
