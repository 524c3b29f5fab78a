import DNSData
import SPF
package import Verdict

/// A mail host that SPF does not let send, so that nothing is asked of its reverse name.
private let inbound = "@ MX 10 in\nin A 192.0.2.1\n"

extension Rule {
  package static let spfVersionPrefix = Rule(
    "spf.version-prefix",
    "A TXT record is meant as SPF, but does not begin with v=spf1",
    about: SPFSelection.self,
    severity: .high,
    why: """
      Receivers take a TXT record for SPF only if it begins with exactly `v=spf1` and a space. Anything \
      in front of it makes the domain one without SPF.
      """,
    fix: "Remove what stands in front of `v=spf1`.",
    references: [.rfc(7208, "4.5"), .rfc(7208, "12")],
    examples: [
      .flags("a blank in front", at: ["example.com."], inbound + #"@ TXT " v=spf1 ip4:192.0.2.9 -all""#),
      .flags("quotes in the text", at: ["example.com."], inbound + #"@ TXT "\"v=spf1 ip4:192.0.2.9 -all\"""#),
      .flags(
        "a byte order mark", at: ["example.com."], inbound + #"@ TXT "\239\187\191v=spf1 ip4:192.0.2.9 -all""#
      ),
      .flags(
        "blanks around the equals sign", at: ["example.com."],
        inbound + #"@ TXT "v = spf1 ip4:192.0.2.9 -all""#),
      .flags("a version of its own", at: ["example.com."], inbound + #"@ TXT "spf1 ip4:192.0.2.9 -all""#),
      .flags(
        "no quotes in the zone file, so that every word is a string", at: ["example.com."],
        inbound + "@ TXT v=spf1 ip4:192.0.2.9 -all"),
      .flags("no space behind the version", at: ["example.com."], inbound + #"@ TXT "v=spf1-all""#),
      .flags(
        "beside a sound record", at: ["example.com."], severity: .low,
        #"@ TXT "v=spf1 mx -all""# + "\n" + #"@ TXT " v=spf1 a -all""#),
      .passes("upper case", #"@ TXT "V=SPF1 mx -all""#),
      .passes("another text", #"@ TXT "v=verification mx""#),
    ]
  ) { selection, facts in
    selection.texts.compactMap { text in
      guard let meant = text.meantAsSPF else { return nil }
      let old = selection.answer.records.filter { $0.data == .txt(text) }
      let record = Record(facts.domain, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(joined: meant)))
      return Fault(
        in: selection.answer, severity: selection.selected.isEmpty ? nil : .low,
        "A TXT record looks like SPF but does not begin with `v=spf1` and a space.",
        observed: text.strings.map { "\(foreign: $0)" as Message }.enumeration,
        expected: text.strings.count > 1
          ? "one string in quotes; strings are joined without spaces"
          : "`v=spf1` and a space as the first octets",
        mend: selection.selected.isEmpty ? Mend(publish: [record], remove: old) : Mend(remove: old))
    }
  }
}

extension TXT {
  /// The record that the author had in mind, if the text begins as one that slipped.
  var meantAsSPF: [UInt8]? {
    guard !SPFRecord.isSPF(joined) else { return nil }
    // Without quotes in a zone file every word becomes a string of its own.
    let spaced = Array(strings.joined(separator: [UInt8(ascii: " ")]))
    if strings.count > 1, let record = SPFRecord(spaced), record.faults.isEmpty { return spaced }
    let text = String(decoding: joined, as: UTF8.self)
    let noise = Set<Unicode.Scalar>([
      " ", "\t", "\"", "'", "\u{FEFF}", "\u{A0}", "\u{201C}", "\u{201D}", "\\", "(",
    ])
    let start = text.unicodeScalars.drop { noise.contains($0) }
    var rest = String(String.UnicodeScalarView(start))
    while let last = rest.unicodeScalars.last, noise.contains(last) || last == ")" {
      rest.unicodeScalars.removeLast()
    }
    let compact = rest.prefix(12).filter { $0 != " " }.lowercased()
    guard compact.hasPrefix("v=spf1") || rest.lowercased().hasPrefix("spf1 ") else { return nil }
    guard let version = rest.lowercased().firstRange(of: "spf1") else { return nil }
    let terms = rest[version.upperBound...]
    // "v=spf10" is another version, "v=spf1-all" lacks a space.
    guard let next = terms.first else { return nil }
    guard next == " " || "+-~?aimpre".contains(next.lowercased()) else { return nil }
    let corrected = "v=spf1 " + terms.drop { $0 == " " }
    return SPFRecord(corrected) == nil ? nil : Array(corrected.utf8)
  }
}
