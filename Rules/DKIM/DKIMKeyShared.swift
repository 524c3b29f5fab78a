import DKIM
import Expectation
package import Verdict

extension Rule {
  package static let dkimKeyShared = Rule(
    "dkim.key-shared",
    "Several selectors have the same key",
    about: DKIMKeySet.self,
    severity: .low,
    why: "A second selector is worth something only with a key of its own: when one leaks, both must go.",
    fix: "Make a key for each selector.",
    references: [.rfc(6376, "3.1"), .rfc(6376, "8")],
    examples: [
      .flags(
        "one key twice", at: ["b._domainkey.example.com."], selectors: ["a", "b"],
        "a._domainkey TXT \(ExampleKey.record())\nb._domainkey TXT \(ExampleKey.record("v=DKIM1; t=s"))"),
      .passes(
        "two keys", selectors: ["a", "b"],
        "a._domainkey TXT \(ExampleKey.record())\nb._domainkey TXT \(ExampleKey.record(key: ExampleKey.rsa1024))"
      ),
      .passes(
        "aliases to one key of a service", selectors: ["a", "b"],
        """
        a._domainkey CNAME k.vendor.example.
        b._domainkey CNAME k.vendor.example.
        k.vendor.example. TXT \(ExampleKey.record())
        """),
      .flags(
        "the new key is the old one", at: ["new._domainkey.example.com."],
        expecting: .keys(
          ExpectedSelector("mail", .signing), ExpectedSelector("new", .published)),
        "mail._domainkey TXT \(ExampleKey.record())\nnew._domainkey TXT \(ExampleKey.record())"),
      .passes(
        "revoked keys", selectors: ["a", "b"],
        "a._domainkey TXT \"v=DKIM1; p=\"\nb._domainkey TXT \"v=DKIM1; p=\""),
    ]
  ) { set, _ in
    set.selectors.enumerated().compactMap { index, selector in
      let own = selector.candidates.compactMap(\.key.identity)
      let twin = set.selectors[..<index].first { other in
        other.candidates.compactMap(\.key.identity).contains(where: own.contains)
      }
      return twin.map {
        Fault(
          in: selector.answer, "\(selector.name) has the same key as \($0.name).",
          expected: "a key of its own")
      }
    }
  }
}
