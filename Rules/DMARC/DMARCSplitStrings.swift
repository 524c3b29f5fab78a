import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let dmarcSplitStrings = Rule(
    "dmarc.split-strings",
    "The strings of the DMARC record glue two tags together",
    about: SplitDMARC.self,
    severity: .medium,
    why: """
      Strings of one TXT record are joined without anything between them. Where a string begins with a tag, \
      the semicolon in front of it is missing, and both tags are lost.
      """,
    fix: "End each string with a semicolon, or write the record as one string.",
    references: [.rfc(9989, "4.5")],
    examples: [
      .flags(
        "no semicolon at the seam", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=reject" "rua=mailto:d@example.com""#),
      .flags(
        "behind the version", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1" "p=reject""#),
      .passes(
        "a semicolon at the seam", #"_dmarc TXT "v=DMARC1; p=reject;" "rua=mailto:d@example.com""#),
      .passes(
        "a seam inside a value", #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@exam" "ple.com""#),
      .passes("a seam inside a name", #"_dmarc TXT "v=DMARC1; p=reject; s" "p=reject""#),
    ]
  ) { split, _ in
    let (seams, corrected) = split.text.gluedTags
    guard !seams.isEmpty else { return [] }
    let record = DMARCRecord(corrected)
    return [
      Fault(
        in: split.stop.answer,
        seams.count == 1
          ? "At octet \(seams[0] + 1) a string begins with a tag, and no semicolon stands in front of it."
          : "\(seams.count) strings begin with a tag, and no semicolon stands in front of them.",
        observed: "\(foreign: split.text.joined)", expected: "a semicolon between the strings",
        mend: record.undoubted.map { split.stop.mend(of: split.record, to: $0) })
    ]
  }
}

extension TXT {
  private static let tags = [
    "p", "sp", "np", "psd", "t", "adkim", "aspf", "rua", "ruf", "fo", "pct", "rf", "ri",
  ]

  /// Where, in the joined text, a string begins with a tag and the one in front of it ends with another; and the text
  /// with semicolons there.
  fileprivate var gluedTags: (seams: [Int], corrected: [UInt8]) {
    var seams: [Int] = []
    var joined = 0
    var corrected: [UInt8] = []
    for string in strings {
      let last = corrected.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).last ?? []
      if last.contains(UInt8(ascii: "=")), Self.beginsWithTag(string) {
        seams.append(joined)
        corrected += "; ".utf8
      }
      corrected += string
      joined += string.count
    }
    return (seams, corrected)
  }

  private static func beginsWithTag(_ string: [UInt8]) -> Bool {
    let text = string.drop { $0 == 0x20 || $0 == 0x09 }
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return false }
    let name = text[..<equals].filter { $0 != 0x20 && $0 != 0x09 }
    return tags.contains(String(decoding: name, as: UTF8.self))
  }
}
