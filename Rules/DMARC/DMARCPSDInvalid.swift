package import Verdict

extension Rule {
  package static let dmarcPSDInvalid = Rule(
    "dmarc.psd-invalid",
    "The value of psd is not y, n or u",
    about: PublishedDMARC.self,
    severity: .low,
    why: "Receivers take it for `u`, the default.",
    fix: "Write `psd=n` or `psd=u`, or remove the tag.",
    references: [.rfc(9989, "4.8")],
    examples: [
      .flags("a word", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; psd=no""#),
      .passes("psd=n", #"_dmarc TXT "v=DMARC1; p=none; psd=n""#),
      .passes("psd=u", #"_dmarc TXT "v=DMARC1; p=none; psd=u""#),
    ]
  ) { published, _ in
    published.stop.faults(expected: "y, n or u", mend: \.undoubted) { $0 == .suffixFlagInvalid }
  }
}
