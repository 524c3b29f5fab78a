import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimKeyFileMismatch = Rule(
    "dkim.key-file-mismatch",
    "The published key is not that of the key file",
    about: ExpectedKey.self,
    severity: .critical,
    why:
      "The signer signs with the key of the file: receivers check with another, and every signature fails.",
    fix: """
      Publish the key of the file. If the file is the wrong one, name the right one; if the key was made anew, give \
      it a selector of its own, so that mail on its way stays valid.
      """,
    references: [.rfc(6376, "3.6.1"), .practice("Simple NixOS Mailserver: DKIM")],
    examples: [
      .flags(
        "another key", at: ["s._domainkey.example.com."],
        expecting: .keys(ExpectedSelector("s", .signing, key: .rsa2048)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .flags(
        "before it signs", at: ["s._domainkey.example.com."], severity: .medium,
        expecting: .keys(ExpectedSelector("s", .published, key: .rsa2048)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .flags(
        "after it has signed", at: ["s._domainkey.example.com."], severity: .high,
        expecting: .keys(ExpectedSelector("s", .retiring(since: .exampleDay(-1)), key: .rsa2048)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes(
        "the same key with other tags", expecting: .keys(ExpectedSelector("s", .signing, key: .rsa2048)),
        "s._domainkey TXT \(ExampleKey.record("v=DKIM1; t=s; n=mine"))"),
      .passes(
        "no file is known", expecting: .keys(ExpectedSelector("s", .signing)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes(
        "a record that nobody can read is another finding",
        expecting: .keys(ExpectedSelector("s", .signing, key: .rsa2048)), "s._domainkey TXT \"v=DKIM1; p=x\""),
      .passes(
        "another key under a planned selector is dkim.selector-reused",
        expecting: .keys(ExpectedSelector("s", .planned, key: .rsa2048)),
        "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
    ]
  ) { key, _ in
    guard let severity = key.severityOfAnotherKey else { return [] }
    return key.otherKeys.map { record in
      Fault(
        in: key.answer, severity: severity, "The key at \(key.name) is not that of the key file.",
        observed: "\(foreign: record.octets)", expected: "the key of the file",
        mend: key.mend(to: key.selector.key))
    }
  }
}

extension ExpectedKey {
  fileprivate var severityOfAnotherKey: Severity? {
    switch selector.state {
    case .signing: .critical
    case .retiring(let since): now < since ? .critical : .high
    case .published: .medium
    case .planned, .retired, .revoked: nil
    }
  }
}
