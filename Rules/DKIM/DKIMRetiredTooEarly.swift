import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimRetiredTooEarly = Rule(
    "dkim.retired-too-early",
    "The key of a retiring selector is gone too early",
    about: ExpectedKey.self,
    severity: .high,
    why: """
      Mail that was signed before may wait in a queue for five days. Without the key its signature fails when it \
      arrives at last.
      """,
    fix: """
      Publish the record again until five days after the last signature. A key that fell into wrong hands is better \
      gone: then say that it is revoked.
      """,
    references: [.rfc(5321, "4.5.4.1"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "removed the day after", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-1)), key: .rsa2048)),
        "@ MX 10 mail"),
      .flags(
        "revoked the day after", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-1)))),
        "s._domainkey TXT \"v=DKIM1; p=\""),
      .passes(
        "still there", expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-1)))),
        "s._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "six days are enough", expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-6)))),
        "@ MX 10 mail"),
      .passes("retired", expecting: .keys(ExpectedSelector("s", .retired)), "@ MX 10 mail"),
    ]
  ) { key, _ in
    guard !key.selector.signs(at: key.now), let end = key.selector.keptUntil(ttl: key.ttl), key.now < end,
      !key.isPublished
    else { return [] }
    return [
      Fault(
        in: key.answer,
        "There is no key at \(key.name) any more, where mail on its way needs it until \(own: end.description).",
        expected: "the key, until then", mend: key.mend(to: key.selector.key))
    ]
  }
}
