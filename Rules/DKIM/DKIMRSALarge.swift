import DKIM
package import Verdict

extension Rule {
  package static let dkimRSALarge = Rule(
    "dkim.rsa-large",
    "The RSA key has more than 4096 bits",
    about: DKIMSelector.self,
    severity: .medium,
    why: "Verifiers need not support so large a key: for those that do not, signatures fail.",
    fix: "Make a key of 2048 bits, or of 4096 at most, under a new selector.",
    references: [.rfc(8301, "3.2")],
    examples: [
      .flags(
        "5120 bits", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa5120))"),
      .passes("2048 bits", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.medium) { kind in
      if case .rsaAbove4096 = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
