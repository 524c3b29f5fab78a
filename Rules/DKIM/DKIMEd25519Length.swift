import DKIM
package import Verdict

extension Rule {
  package static let dkimEd25519Length = Rule(
    "dkim.ed25519-length",
    "The Ed25519 key does not have 32 octets",
    about: DKIMSelector.self,
    severity: .critical,
    why: """
      DKIM takes the bare 32 octets of an Ed25519 key, not the wrapped form that openssl prints. \
      Signatures fail.
      """,
    fix: "Publish the last 32 octets of the wrapped form.",
    references: [.rfc(8463, "4.2")],
    examples: [
      .flags(
        "wrapped", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519Wrapped))"),
      .passes(
        "bare", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .ed25519Length = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
