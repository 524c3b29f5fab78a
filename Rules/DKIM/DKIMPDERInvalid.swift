import Crypto
import DKIM
package import Verdict

extension Rule {
  package static let dkimPDERInvalid = Rule(
    "dkim.p-der-invalid",
    "The key is no public key",
    about: DKIMSelector.self,
    severity: .critical,
    why: "What `p` holds decodes, but is no RSA public key: signatures fail.",
    fix: "Publish the record as the signer made it.",
    references: [.rfc(6376, "3.6.1"), .rfc(8017, "A.1.1")],
    examples: [
      .flags(
        "not DER", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT \"v=DKIM1; p=aGVsbG8gd29ybGQhISE=\""),
      .flags(
        "the length inside says another, as in the sample of a manual", at: ["mail._domainkey.example.com."],
        selectors: ["mail"],
        "mail._domainkey TXT \(ExampleKey.record(key: "MIIBITAN" + ExampleKey.rsa2048.dropFirst(8)))"),
      .passes("a sound key", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    selector.faults(.critical) { kind in
      switch kind {
      case .key(.notDER), .key(.trailingOctets), .key(.notAPublicKey), .key(.tooLarge):
        "\(own: kind.description)"
      default: nil
      }
    }
  }
}
