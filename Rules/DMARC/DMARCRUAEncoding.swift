import DMARC
package import Verdict

extension Rule {
  package static let dmarcRUAEncoding = Rule(
    "dmarc.rua-encoding",
    "A report address of the DMARC record cannot be read",
    about: PublishedDMARC.self,
    severity: .medium,
    why: "Receivers skip it: the reports do not arrive.",
    fix: "Write `mailto:address@domain`, with `,` as %2C, `!` as %21 and `;` as %3B inside the address.",
    references: [.rfc(9989, "4.6"), .rfc(9989, "4.8"), .rfc(6068, "2")],
    examples: [
      .flags(
        "an exclamation mark", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d!x@example.com""#),
      .flags(
        "a semicolon ends the tag", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d;x@example.com""#),
      .flags(
        "a comma at the end", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com,""#),
      .flags(
        "a blank inside", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com mailto:e@example.com""#),
      .passes("encoded", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d%21x@example.com""#),
      .passes("a bare address is dmarc.rua-scheme", #"_dmarc TXT "v=DMARC1; p=none; rua=d@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(expected: "mailto:address@domain") { kind in
      if case .reportURI(let error) = kind { error != .schemeMissing } else { false }
    }
  }
}
