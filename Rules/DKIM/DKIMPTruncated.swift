import Crypto
import DKIM
package import Verdict

extension Rule {
  package static let dkimPTruncated = Rule(
    "dkim.p-truncated",
    "The key is cut off",
    about: DKIMSelector.self,
    severity: .critical,
    why: """
      A part of the key is missing, most often because a panel kept only the first 255 characters. \
      Signatures fail.
      """,
    fix: "Publish the whole key, split into several quoted strings of one TXT record.",
    references: [.rfc(6376, "3.6.1"), .rfc(1035, "3.3.14")],
    examples: [
      .flags(
        "cut at 255", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.text(String(("v=DKIM1; k=rsa; p=" + ExampleKey.rsa2048).prefix(255))))"
      ),
      .flags(
        "a character is missing inside, as in the sample of a manual", at: ["mail._domainkey.example.com."],
        selectors: ["mail"],
        "mail._domainkey TXT \(ExampleKey.record(key: ExampleKey.gapped))"
      ),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      if case .key(.truncated) = kind { "\(own: kind.description)" } else { nil }
    }
  }
}
