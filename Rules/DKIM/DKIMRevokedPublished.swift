import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimRevokedPublished = Rule(
    "dkim.revoked-published",
    "A key that is to be revoked is still published",
    about: ExpectedKey.self,
    severity: .high,
    why: "Signatures made with it stay valid: whoever has the key can sign as this domain.",
    fix: "Publish the record with an empty `p`.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "the key is still there", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .revoked), ExpectedSelector("n", .signing)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))\nn._domainkey TXT \(ExampleKey.record())"
      ),
      .passes(
        "empty", expecting: .keys(ExpectedSelector("s", .revoked)), "s._domainkey TXT \"v=DKIM1; p=\""),
      .passes("no record is as good", expecting: .keys(ExpectedSelector("s", .revoked)), "@ MX 10 mail"),
    ]
  ) { key, _ in
    guard key.selector.state == .revoked, key.isPublished else { return [] }
    return [
      Fault(
        in: key.answer, "The key at \(key.name) is to be revoked, and is still published.",
        expected: "v=DKIM1; p=", mend: key.mend(to: DKIMKeyPublication(key: .revoked)))
    ]
  }
}
