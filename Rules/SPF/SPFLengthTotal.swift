import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfLengthTotal = Rule(
    "spf.length-total",
    "The TXT answer with the SPF record is long",
    about: PublishedSPF.self,
    severity: .low,
    why: """
      What does not fit into 512 octets needs EDNS or TCP. Receivers behind a firewall that lets neither \
      pass get no SPF record at all.
      """,
    fix: """
      Replace long lists of networks by an include, and remove TXT records that are no longer needed, \
      such as old verification texts.
      """,
    references: [.rfc(7208, "3.4")],
    examples: [
      .flags(
        "the record", at: ["example.com."],
        "@ TXT "
          + (0..<24).map { "\"\($0 == 0 ? "v=spf1" : "") ip4:198.51.100.\($0 + 100)\"" }
          .joined(separator: " ") + " \" -all\""),
      .flags(
        "other texts beside it", at: ["example.com."],
        "@ TXT \"v=spf1 -all\"\n"
          + (1...4).map { "@ TXT \"site-verification=\($0)\(String(repeating: "x", count: 100))\"" }.joined(
            separator: "\n")),
      .passes("a short one", "@ TXT \"v=spf1 mx -all\"\n@ TXT \"site-verification=4711\""),
    ]
  ) { published, _ in
    let length = published.record.octets.count
    if length > SPFAnswerSize.record {
      return [
        Fault(
          in: published.answer, "The record has \(length) octets.",
          expected: "at most \(SPFAnswerSize.record)")
      ]
    }
    let size = SPFAnswerSize.of(published.answer)
    guard size > SPFAnswerSize.answer else { return [] }
    return [
      Fault(
        in: published.answer, "An answer with all TXT records here has \(size) octets.",
        expected: "at most \(SPFAnswerSize.answer)")
    ]
  }
}

/// In octets.
private enum SPFAnswerSize {
  static let record = 450  // RFC 7208 §3.4
  static let answer = 512  // RFC 1035 §4.2.1

  private static let header = 12  // RFC 1035 §4.1.1
  private static let questionBesideName = 4  // RFC 1035 §4.1.2
  /// Type, class, TTL, length, and two octets that point at the name (RFC 1035 §4.1.3, §4.1.4).
  private static let recordBesideData = 12

  static func of(_ answer: Answer) -> Int {
    header + answer.question.name.wire.count + questionBesideName
      + answer.records.reduce(0) { $0 + recordBesideData + $1.data.rdata.count }
  }
}
