import DKIM
package import Verdict

extension Rule {
  package static let dkimPEmpty = Rule(
    "dkim.p-empty",
    "The key of a selector that signs is revoked",
    about: DKIMSelector.self,
    severity: .critical,
    why: "An empty `p` says that the key is revoked: every signature made with this selector fails.",
    fix: """
      Publish the key, or let the signer use another selector. On a selector that is out of use this is \
      the right end.
      """,
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "revoked", at: ["s._domainkey.example.com."], selectors: ["s"], "s._domainkey TXT \"v=DKIM1; p=\""),
      .flags(
        "a guess that is revoked", at: ["mail._domainkey.example.com."], severity: .info,
        "mail._domainkey TXT \"v=DKIM1; p=\""),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.candidates.filter { $0.usability == .revoked }.map { _ in
      Fault(
        in: selector.answer, severity: selector.severity(.critical, ifGuessed: .info),
        "The key at \(selector.name) is revoked.", expected: "a key, if this selector signs")
    }
  }
}
