import DKIM
package import Verdict

extension Rule {
  package static let dkimRSAExponent = Rule(
    "dkim.rsa-exponent",
    "The RSA key has numbers that no sound key has",
    about: DKIMSelector.self,
    severity: .high,
    why: """
      The exponent or the modulus is of a kind that lets others forge signatures or compute the private \
      key.
      """,
    fix: "Make a new key with current software, and a new selector.",
    references: [.rfc(8017, "3.1"), .practice("CVE-2017-15361 (ROCA)")],
    examples: [
      .flags(
        "exponent 1", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsaExponentOne))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.high) { kind in
      if case .rsaWeak = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
