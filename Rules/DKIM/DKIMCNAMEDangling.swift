import DNSData
package import Verdict

extension Rule {
  package static let dkimCNAMEDangling = Rule(
    "dkim.cname-dangling",
    "A selector is handed on to a name without a key",
    about: DKIMSelector.self,
    severity: .critical,
    why: "Every signature made with this selector fails: the alias leads to nothing.",
    fix: """
      Ask the service at its target for the right name, or remove the alias if the service is no longer \
      used.
      """,
    references: [.rfc(6376, "3.6.2.2"), .practice("email service providers: DKIM by CNAME")],
    examples: [
      .flags(
        "the target does not exist", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey CNAME s.vendor.example."),
      .flags(
        "a guess may be idle", at: ["s1._domainkey.example.com."], severity: .medium,
        "s1._domainkey CNAME s.vendor.example."),
      .passes(
        "a wildcard for web hosts answers at every name", "@ MX 10 mail\n* CNAME www\nwww A 192.0.2.80"),
      .passes(
        "the target has a key", selectors: ["s"],
        "s._domainkey CNAME s.vendor.example.\ns.vendor.example. TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    guard let alias = selector.answer.aliases.last, case .cname(let target) = alias.data,
      selector.candidates.isEmpty
    else { return [] }
    return [
      Fault(
        in: selector.answer, severity: selector.severity(.critical),
        "\(selector.name) is an alias for \(target), which has no key record.",
        expected: "a TXT record with the public key at \(target)")
    ]
  }
}
