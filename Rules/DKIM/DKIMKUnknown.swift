import DKIM
package import Verdict

extension Rule {
  package static let dkimKUnknown = Rule(
    "dkim.k-unknown",
    "The key is of a type that verifiers do not know",
    about: DKIMSelector.self,
    severity: .medium,
    why: "Verifiers ignore the record, and signatures made with this selector do not count.",
    fix: "Write `k=rsa` or `k=ed25519`, whichever the key is. Sign with an RSA key in any case.",
    references: [.rfc(6376, "3.6.1"), .rfc(8463, "4.2")],
    examples: [
      .flags(
        "k=ecdsa", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ecdsa"))"),
      .passes("k=rsa", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes("without k it is rsa", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("v=DKIM1"))"),
    ]
  ) { selector, _ in
    selector.faults(.medium) { kind in
      kind == .keyTypeUnknown ? "\(own: kind.description)" : nil
    }
  }
}
