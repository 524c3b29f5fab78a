import BIMI
import DNSData
package import Verdict

extension Rule {
  package static let bimiRecord = Rule(
    "bimi.record",
    "The BIMI record cannot be used",
    about: BIMIPublication.self,
    severity: .low,
    why: """
      Mailbox providers that show a brand's picture read this record, and must not mend its faults: they show \
      none.
      """,
    fix: "Publish one record of the form `v=BIMI1; l=https://…/logo.svg; a=https://…/certificate.pem`.",
    references: [.practice("draft-brand-indicators-for-message-identification §4.3")],
    examples: [
      .flags(
        "no https", at: ["default._bimi.example.com."],
        "@ MX 10 mail\ndefault._bimi TXT \"v=BIMI1; l=http://example.com/logo.svg\""),
      .flags(
        "no address of a picture", at: ["default._bimi.example.com."],
        "@ MX 10 mail\ndefault._bimi TXT \"v=BIMI1; a=https://example.com/mark.pem\""),
      .flags(
        "two records", at: ["default._bimi.example.com."],
        """
        @ MX 10 mail
        default._bimi TXT "v=BIMI1; l=https://example.com/a.svg"
        default._bimi TXT "v=BIMI1; l=https://example.com/b.svg"
        """),
      .flags(
        "the version in lower case", at: ["default._bimi.example.com."],
        "@ MX 10 mail\ndefault._bimi TXT \"v=bimi1; l=https://example.com/logo.svg\""),
      .flags(
        "another text", at: ["default._bimi.example.com."],
        "@ MX 10 mail\ndefault._bimi TXT \"https://example.com/logo.svg\""),
      .passes(
        "sound",
        "@ MX 10 mail\ndefault._bimi TXT \"v=BIMI1; l=https://example.com/logo.svg; a=; future=1\""),
      .passes("a domain that wants no picture", "@ MX 10 mail\ndefault._bimi TXT \"v=BIMI1; l=; a=;\""),
      .passes("the text of a wildcard", "@ MX 10 mail\n* TXT \"site-verification=4711\""),
      .passes("none, which nobody demands", "@ MX 10 mail"),
    ]
  ) { publication, _ in
    let versions = publication.records.filter { $0.standing == .exact }
    guard versions.count < 2 else {
      return [
        Fault(
          in: publication.answer,
          "\(versions.count) BIMI records stand at \(publication.answer.question.name), so that none counts.",
          observed: versions.map { "\(foreign: $0.octets)" }.enumeration, expected: "one record")
      ]
    }
    let meant = publication.candidates.isEmpty ? publication.records : publication.candidates
    return meant.flatMap { publication.faults(of: $0) }
  }
}

extension BIMIPublication {
  fileprivate func faults(of record: BIMIRecord) -> [Fault] {
    record.faults.filter { $0.kind != .unknownTag }.map { fault in
      Fault(
        in: answer, "At octet \(fault.range.lowerBound + 1): \(own: fault.kind.description)",
        observed: "\(foreign: record.octets)", mend: mend(of: record))
    }
  }

  /// The record with its version spelt right, if nothing else is wrong.
  private func mend(of record: BIMIRecord) -> Mend? {
    guard record.standing == .nearMiss(.wrongCase), answer.aliases.isEmpty, let version = record.tags["v"],
      let old = answer.records.first(where: {
        if case .txt(let text) = $0.data { text.joined == record.octets } else { false }
      })
    else { return nil }
    var octets = record.octets
    octets.replaceSubrange(version.valueRange, with: BIMIRecord.version.utf8)
    guard BIMIRecord(octets).faults.isEmpty else { return nil }
    return Mend(publish: [Record(old.name, ttl: old.ttl, .txt(TXT(joined: octets)))], remove: [old])
  }
}
