import DKIM
package import Verdict

extension Rule {
  package static let dkimPBase64 = Rule(
    "dkim.p-base64",
    "The key is not base 64",
    about: DKIMSelector.self,
    severity: .critical,
    why: "Verifiers cannot decode the key, and signatures fail.",
    fix: "Publish the record as the signer made it, in one piece and without stray characters.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "stray characters", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \"v=DKIM1; p=MIIB-_!\""),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "white space inside", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.text("v=DKIM1; p=" + ExampleKey.rsa2048.prefix(60) + " " + ExampleKey.rsa2048.dropFirst(60)))"
      ),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .keyNotBase64 = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
