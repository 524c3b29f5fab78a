import DKIM
package import Verdict

extension Rule {
  package static let dkimRSA1024 = Rule(
    "dkim.rsa-1024",
    "The RSA key has less than 2048 bits",
    about: DKIMSelector.self,
    severity: .medium,
    why: """
      Receivers still accept 1024 bits. The standard wants 2048, since keys of 1024 bits are within reach \
      of those who can spend enough.
      """,
    fix: "Make a key of 2048 bits under a new selector, and let the signer use it.",
    references: [.rfc(8301, "3.2"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "1024 bits", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes("2048 bits", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "512 bits are dkim.rsa-too-short", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa512))"),
    ]
  ) { selector, _ in
    selector.faults(.medium) { kind in
      if case .rsaBelow2048 = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
