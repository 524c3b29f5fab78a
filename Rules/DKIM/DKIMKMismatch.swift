import DKIM
package import Verdict

extension Rule {
  package static let dkimKMismatch = Rule(
    "dkim.k-mismatch",
    "The key is of another type than the record says",
    about: DKIMSelector.self,
    severity: .critical,
    why: """
      Verifiers read the key as the type in `k` (RSA where it is missing), cannot, and signatures fail.
      """,
    fix: "Set `k=ed25519` for Ed25519 keys, `k=rsa` for RSA keys.",
    references: [.rfc(8463, "4.2"), .rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "Ed25519 without k", at: ["s._domainkey.example.com."], selectors: ["s", "r"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1", key: ExampleKey.ed25519))\nr._domainkey TXT \(ExampleKey.record())"
      ),
      .flags(
        "RSA declared as Ed25519", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519"))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "Ed25519 with k", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .keyTypeMismatch = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
