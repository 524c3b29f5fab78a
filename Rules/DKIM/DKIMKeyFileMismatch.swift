import DKIM
import DNSData
import Expectation
package import Verdict

extension Rule {
  package static let dkimKeyFileMismatch = Rule(
    "dkim.key-file-mismatch",
    "The published key is not the one in the key file",
    about: ExpectedRecords<WantedScopes.Keys>.self,
    severity: .critical,
    why: """
      The signer uses the key of the file, and receivers check with the published one: every signature fails.
      """,
    fix: """
      Publish the record of the key file, or let the signer use the key that is published.
      """,
    references: [
      .rfc(6376, "3.6.1"), .practice("Simple NixOS Mailserver: DKIM"),
      .practice("the expected configuration"),
    ],
    examples: [
      .flags(
        "another key", at: ["s._domainkey.example.com."], expecting: .exampleSigning,
        "@ MX 10 mail\ns._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
      .passes(
        "the same key, written in another way", expecting: .exampleSigning,
        "@ MX 10 mail\ns._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "none is dkim.active-selector-unpublished", expecting: .exampleSigning, "@ MX 10 mail"),
      .passes("nothing is expected", "s._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"),
    ],
    precedence: .general
  ) { records, facts in
    // A record without a readable key has findings of its own, and so has one that is withdrawn or ought to be.
    let comparison = records.comparison
    guard let selector = facts.expectedSelector(of: comparison), selector.state != .revoked else { return [] }
    let keys = comparison.published.compactMap(\.dkimKey)
    guard comparison.standing == .wrong, keys.contains(where: { $0 != .revoked }) else { return [] }
    // With a key that signs nothing now, nothing fails but what is still on its way.
    return records.fault(severity: selector.state == .signing ? nil : .high)
  }
}

extension Facts {
  fileprivate func expectedSelector(of comparison: RecordComparison) -> ExpectedSelector? {
    guard case .dkim(let label) = comparison.wanted.kind else { return nil }
    return expected?.selectors.first { $0.label == label }
  }
}

extension Record {
  /// nil for what is no usable key record.
  fileprivate var dkimKey: DKIMKeyPublication.Key? {
    guard case .txt(let text) = data else { return nil }
    return DKIMKeyRecord(text.joined).publication?.key
  }
}
