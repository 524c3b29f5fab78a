import DNSData
package import Verdict

extension Rule {
  package static let dkimNameTypo = Rule(
    "dkim.name-typo",
    "The key of a selector that signs stands at the wrong name",
    about: MisplacedDKIMKey.self,
    severity: .critical,
    why: "Receivers look at `selector._domainkey` only, find nothing, and every signature fails.",
    fix: "Publish the record at the right name, with a dot between the selector and `_domainkey`.",
    references: [.rfc(6376, "3.6.2.1")],
    examples: [
      .flags(
        "a dot forgotten", at: ["s_domainkey.example.com."], selectors: ["s"],
        "s_domainkey TXT \(ExampleKey.record())"),
      .flags(
        "a dot forgotten below a domain for rewritten addresses, as a manual prints it",
        domain: "srs.example.com",
        at: ["mail_domainkey.srs.example.com."], selectors: ["mail"],
        "mail_domainkey.srs TXT \(ExampleKey.record())"),
      .flags(
        "an underscore forgotten", at: ["s.domainkey.example.com."], selectors: ["s"],
        "s.domainkey TXT \(ExampleKey.record())"),
      .flags(
        "in the wrong order", at: ["_domainkey.s.example.com."], selectors: ["s"],
        "_domainkey.s TXT \(ExampleKey.record())"),
      .flags(
        "the domain twice", at: ["s._domainkey.example.com.example.com."], selectors: ["s"],
        "s._domainkey.example.com TXT \(ExampleKey.record())"),
      .passes(
        "the right name has a key too", selectors: ["s"],
        "s._domainkey TXT \(ExampleKey.record())\ns_domainkey TXT \(ExampleKey.record())"),
      .passes("another text there", selectors: ["s"], "s.domainkey TXT hello"),
      .passes("nobody says that it signs", "s_domainkey TXT \(ExampleKey.record())"),
    ]
  ) { key, _ in
    key.records.map { record in
      let old = key.answer.records.filter { $0.data.joins(record.octets) }
      let moved = Record(
        key.selector.name, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(joined: record.octets)))
      let isPlain = key.records.count == 1 && key.answer.aliases.isEmpty
      return Fault(
        in: key.answer,
        "The key of \(key.selector.name), where there is none, stands at \(key.answer.question.name).",
        expected: "the key at \(key.selector.name)",
        mend: isPlain ? Mend(publish: [moved], remove: old) : nil)
    }
  }
}

extension RecordData {
  fileprivate func joins(_ octets: [UInt8]) -> Bool {
    if case .txt(let text) = self { text.joined == octets } else { false }
  }
}
