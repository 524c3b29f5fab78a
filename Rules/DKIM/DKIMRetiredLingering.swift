import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimRetiredLingering = Rule(
    "dkim.retired-lingering",
    "The record of a key out of use may be removed",
    about: ExpectedKey.self,
    severity: .info,
    why: "Whoever gets hold of an old key can sign as this domain for as long as its record stands.",
    fix: "Remove the record, or publish it with an empty key, which tells that it was revoked.",
    references: [.rfc(6376, "3.6.1"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "retired", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .retired), ExpectedSelector("n", .signing)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))\nn._domainkey TXT \(ExampleKey.record())"
      ),
      .flags(
        "retiring for six days", at: ["s._domainkey.example.com."],
        expecting: .keys(
          ExpectedSelector("s", .retiring(since: .exampleDay(-6))), ExpectedSelector("n", .signing)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))\nn._domainkey TXT \(ExampleKey.record())"
      ),
      .passes(
        "with a TTL of a week it must stay for a week",
        expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-6)))),
        "s._domainkey 604800 TXT \(ExampleKey.record())"),
      .passes(
        "retiring for four days", expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-4)))),
        "s._domainkey TXT \(ExampleKey.record())"),
      .passes("gone", expecting: .keys(ExpectedSelector("s", .retired)), "@ MX 10 mail"),
      .passes(
        "an empty key may stay", expecting: .keys(ExpectedSelector("s", .retired)),
        "s._domainkey TXT \"v=DKIM1; p=\""),
    ]
  ) { key, _ in
    guard key.isPublished, key.isOutOfUse else { return [] }
    return [
      Fault(
        in: key.answer, "Nothing needs the key at \(key.name) any more.",
        expected: "no record, or an empty key",
        mend: key.removal)
    ]
  }
}

extension ExpectedKey {
  fileprivate var isOutOfUse: Bool {
    switch selector.state {
    case .retired: true
    case .retiring: selector.keptUntil(ttl: ttl).map { $0 <= now } ?? false
    case .planned, .published, .signing, .revoked: false
    }
  }
}
