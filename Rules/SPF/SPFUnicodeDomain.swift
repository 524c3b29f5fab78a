import SPF
package import Verdict

extension Rule {
  package static let spfUnicodeDomain = Rule(
    "spf.unicode-domain",
    "The SPF record has characters outside ASCII",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      SPF is ASCII. A domain in its national form, a typographic quote or a non-breaking space makes the \
      whole record a permanent error.
      """,
    fix: "Write domains in A-labels (xn--…) and everything else in plain ASCII.",
    references: [.rfc(7208, "4.8"), .rfc(5890, "2.3.2.1")],
    examples: [
      .flags("U-label", at: ["example.com."], #"@ TXT "v=spf1 include:b\195\188cher.example -all""#),
      .flags("a non-breaking space", at: ["example.com."], #"@ TXT "v=spf1 mx\194\160-all""#),
      .passes("A-label", #"@ TXT "v=spf1 include:xn--bcher-kva.example -all""#),
    ]
  ) { published, _ in
    published.faults(expected: "ASCII, domains in A-labels") { $0 == .nonASCII }
  }
}
