import DKIM
import Expectation
package import Verdict

extension Rule {
  package static let dkimEd25519Sole = Rule(
    "dkim.ed25519-sole",
    "Only Ed25519 keys sign",
    about: DKIMSelectorSet.self,
    severity: .high,
    why: "Gmail and Outlook do not verify Ed25519: they see mail without a valid signature.",
    fix: "Sign with an RSA key of 2048 bits too.",
    references: [.rfc(8463, "6"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "one selector", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))"),
      .passes(
        "beside RSA", selectors: ["s", "r"],
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))\nr._domainkey TXT \(ExampleKey.record())"
      ),
      .flags(
        "the RSA key does not sign yet", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .signing), ExpectedSelector("r", .published)),
        """
        s._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))
        r._domainkey TXT \(ExampleKey.record())
        """),
      .passes(
        "a guess proves nothing",
        "mail._domainkey TXT \(ExampleKey.record("v=DKIM1; k=ed25519", key: ExampleKey.ed25519))"),
    ]
  ) { set, _ in
    let keyed = set.selectors.filter { !$0.candidates.isEmpty }
    guard !keyed.isEmpty, keyed.allSatisfy({ $0.candidates.allSatisfy { $0.keyType == .ed25519 } }) else {
      return []
    }
    return keyed.map {
      Fault(in: $0.answer, "Every selector that signs has an Ed25519 key.", expected: "an RSA key beside it")
    }
  }
}
