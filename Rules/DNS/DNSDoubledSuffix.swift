import DNSData
import SPF
package import Verdict

extension Rule {
  package static let dnsDoubledSuffix = Rule(
    "dns.doubled-suffix",
    "A record stands at a name with the domain written twice",
    about: DoubledRecords.self,
    severity: .medium,
    why: """
      In a zone file a name without its final dot is continued with the zone's own. The record is where \
      nobody looks, and missing where it was meant to be.
      """,
    fix: "Publish the record at the right name, with a final dot or without the domain, and remove this one.",
    references: [.rfc(1035, "5.1"), .practice("the forgotten final dot")],
    examples: [
      .flags(
        "a DMARC record", at: ["_dmarc.example.com.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc.example.com TXT \"v=DMARC1; p=reject; rua=mailto:d@example.com\""
      ),
      .flags(
        "the address of a mail host", at: ["mail.example.com.example.com."],
        "@ MX 10 mail\nmail AAAA 2001:db8::1\nmail.example.com A 192.0.2.1"),
      .flags(
        "MX records", at: ["example.com.example.com."],
        """
        @ A 192.0.2.80
        @ TXT "v=spf1 a -all"
        _dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"
        example.com MX 10 mail
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        """),
      .flags(
        "the SPF record", at: ["example.com.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\nexample.com TXT \"v=spf1 ip4:198.51.100.1 -all\""),
      .flags(
        "an SPF record beside another at the right name, which nobody can choose from",
        at: ["example.com.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        @ TXT "v=spf1 mx -all"
        example.com TXT "v=spf1 mx a -all"
        """),
      .passes(
        "the right name has the text too",
        "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nexample.com TXT \"v=spf1 mx -all\""),
      .passes(
        "the right name has a record",
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=reject\"\n_dmarc.example.com TXT \"v=DMARC1; p=none\""),
      .passes("a wildcard answers there", "@ MX 10 mail\n@ TXT hello\n* TXT \"v=spf1 -all\""),
      .passes(
        "its addresses too", "@ MX 10 mail\nmail AAAA 2001:db8::1\n* A 192.0.2.80\n* AAAA 2001:db8::80"),
      .passes(
        "a DKIM key is dkim.name-typo", selectors: ["s"],
        "@ MX 10 mail\ns._domainkey.example.com TXT \(ExampleKey.record())"),
      .passes("nothing there", "@ MX 10 mail"),
    ]
  ) { doubled, _ in
    let name = doubled.meant.question.name
    return doubled.groups.map { records in
      Fault(
        in: doubled.answer,
        """
        \(doubled.answer.question.name) has \(doubled.answer.question.type) records, which \(name) lacks: most \
        likely a final dot was forgotten.
        """,
        observed: records.map(\.quotation).enumeration,
        expected: "the records at \(name)", mend: doubled.mend(moving: records))
    }
  }
}

extension DoubledRecords {
  /// Texts of the domain belong to many purposes, each its own finding.
  fileprivate var groups: [[Record]] {
    meant.isEmpty && records.allSatisfy({ !$0.isText }) ? [records] : records.map { [$0] }
  }

  /// nil where it is not certain that the right name was to have all of this.
  fileprivate func mend(moving records: [Record]) -> Mend? {
    guard answer.aliases.isEmpty, records.allSatisfy(isMeant) else { return nil }
    let moved = records.map { Record(meant.question.name, ttl: $0.ttl, $0.data) }
    return Mend(publish: moved, remove: records)
  }

  /// Two policies at one name would be worse than none.
  private func isMeant(_ record: Record) -> Bool {
    guard record.isText else { return true }
    let isPolicy = record.isSPF || meant.question.name.labels.first?.first == UInt8(ascii: "_")
    return !isPolicy
      || (!meant.records.contains(where: \.isSPF) && self.records.count { $0.isSPF == record.isSPF } == 1)
  }
}

extension Record {
  fileprivate var isText: Bool { type == .txt }

  fileprivate var quotation: Message {
    if case .txt(let text) = data { "\(foreign: text.joined)" } else { "\(foreign: "\(data)")" }
  }

  fileprivate var isSPF: Bool { !SPFRecord.select([self]).isEmpty }
}
