import DKIM
package import Verdict

extension Rule {
  package static let dkimRSATooShort = Rule(
    "dkim.rsa-too-short",
    "The RSA key is shorter than 1024 bits",
    about: DKIMSelector.self,
    severity: .critical,
    why: "Verifiers must not accept it, and anybody can compute the private key in hours.",
    fix: "Make a key of 2048 bits with a new selector.",
    references: [.rfc(8301, "3.2")],
    examples: [
      .flags(
        "512 bits", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa512))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "1024 bits", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .rsaBelow1024 = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
