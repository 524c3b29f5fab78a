import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfJoinMissingSpace = Rule(
    "spf.join-missing-space",
    "Two strings of the SPF record are joined without a space",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      The strings of a TXT record are joined as they are. Without a space at the seam the last term of \
      one and the first of the next become one term: an error, or another range than was meant.
      """,
    fix: "End the first string with a space, or begin the second with one.",
    references: [.rfc(7208, "3.3")],
    examples: [
      .flags(
        "terms glued together", at: ["example.com."],
        #"@ TXT "v=spf1 ip4:192.0.2.1" "include:v.example -all""# + "\n"
          + #"v.example. TXT "v=spf1 ip4:192.0.2.9 -all""#),
      .flags("a glued all", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.1" "-all""#),
      .passes("a space at the end", #"@ TXT "v=spf1 ip4:192.0.2.1 " "include:v.example -all""#),
      .passes("a space at the start", #"@ TXT "v=spf1 mx" " -all""#),
      .passes(
        "a term cut in the middle, as providers do", #"@ TXT "v=spf1 include:_spf.ven" "dor.example -all""#),
    ]
  ) { published, _ in
    var offset = 0
    return zip(published.text.strings, published.text.strings.dropFirst()).compactMap { first, second in
      offset += first.count
      guard published.isGlued(at: offset, next: second) else { return nil }
      var spaced = published.record.octets
      spaced.insert(UInt8(ascii: " "), at: offset)
      return Fault(
        in: published.answer, "Two strings are joined without a space, at octet \(offset + 1).",
        observed: "\(foreign: Array(first.suffix(20))) and \(foreign: Array(second.prefix(20)))",
        mend: published.replacing(with: spaced))
    }
  }
}

extension PublishedSPF {
  /// Would both sides of the seam be terms of their own, while what they make together is an error?
  fileprivate func isGlued(at offset: Int, next: [UInt8]) -> Bool {
    let space = UInt8(ascii: " ")
    guard offset > 0, offset < record.octets.count, record.octets[offset - 1] != space, next.first != space,
      record.faults.contains(where: { $0.termRange.lowerBound < offset && offset < $0.termRange.upperBound })
    else { return false }
    var spaced = record.octets
    spaced.insert(space, at: offset)
    return (SPFRecord(spaced)?.faults.count).map { $0 < record.faults.count } ?? false
  }
}
