import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimSelectorReused = Rule(
    "dkim.selector-reused",
    "A new key is planned under a selector that has another key",
    about: ExpectedKey.self,
    severity: .medium,
    why:
      "Once the key changes, the signatures of all mail on its way fail: they name the selector, not the key.",
    fix: "Give the new key a selector that was never used, with its date in the name, say.",
    references: [.rfc(6376, "3.1"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "the old key is still there", at: ["mail._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("mail", .planned, key: .rsa2048)),
        "mail._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes(
        "a name of its own",
        expecting: .keys(
          ExpectedSelector("mail", .signing, key: .rsa1024), ExpectedSelector("next", .planned, key: .rsa2048)
        ),
        "mail._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes(
        "published before its time", expecting: .keys(ExpectedSelector("next", .planned, key: .rsa2048)),
        "next._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { key, _ in
    guard key.selector.state == .planned else { return [] }
    return key.otherKeys.map { record in
      Fault(
        in: key.answer, "At \(key.name), where a new key is planned, another one stands.",
        observed: "\(foreign: record.octets)", expected: "no key yet")
    }
  }
}
