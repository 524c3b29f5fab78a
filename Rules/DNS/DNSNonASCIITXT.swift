import DNSData
package import Verdict

extension Rule {
  package static let dnsNonASCIITXT = Rule(
    "dns.nonascii-txt",
    "A policy record has characters outside ASCII",
    about: PolicyText.self,
    severity: .high,
    why: """
      A typographic quote, a non-breaking space or a byte order mark comes along when a record is copied from a \
      web page. It looks right, and receivers discard the tag or the whole record.
      """,
    fix: "Type the record anew, in plain ASCII.",
    references: [.rfc(9989, "4.8"), .rfc(6376, "3.2"), .rfc(8461, "3.1")],
    examples: [
      .flags(
        "a non-breaking space", at: ["_dmarc.example.com."],
        #"""
        @ MX 10 mail
        mail A 192.0.2.1
        _dmarc TXT "v=DMARC1;\194\160p=reject"
        """#),
      .passes("ASCII", "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject\""),
      .passes("another text than a policy", #"@ MX 10 mail\#nmail A 192.0.2.1\#n@ TXT "b\195\188cher""#),
    ]
  ) { policy, _ in
    guard policy.text.joined.contains(where: { $0 > 0x7E }) else { return [] }
    let name = policy.answer.question.name
    let mended = policy.text.plain
    return [
      Fault(
        in: policy.answer, "The text at \(name) has characters outside ASCII.",
        observed: "\(foreign: policy.text.joined)", expected: "ASCII",
        mend: policy.answer.aliases.isEmpty
          ? mended.map {
            Mend(publish: [Record(name, ttl: policy.record.ttl, .txt($0))], remove: [policy.record])
          } : nil)
    ]
  }
}

extension TXT {
  /// Spaces for non-breaking ones, and nothing for marks and typographic quotes; nil if that does not do.
  fileprivate var plain: TXT? {
    let text = String(decoding: joined, as: UTF8.self)
    var octets: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{A0}": octets.append(UInt8(ascii: " "))
      case "\u{FEFF}", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "\u{200B}": continue
      case "\u{20}"..."\u{7E}": octets.append(UInt8(ascii: scalar))
      default: return nil
      }
    }
    return TXT(joined: octets)
  }
}
