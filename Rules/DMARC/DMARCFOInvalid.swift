package import Verdict

extension Rule {
  package static let dmarcFOInvalid = Rule(
    "dmarc.fo-invalid",
    "The value of fo does not exist",
    about: PublishedDMARC.self,
    severity: .low,
    why: "Receivers take it for `0`, the default: a report only if both SPF and DKIM fail.",
    fix: "Write 0, 1, d, s or `d:s`. 0 and 1 exclude each other.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "4.8")],
    examples: [
      .flags(
        "0 and 1", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; fo=0:1; ruf=mailto:d@example.com""#),
      .flags(
        "another letter", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; fo=x; ruf=mailto:d@example.com""#),
      .passes("d and s", #"_dmarc TXT "v=DMARC1; p=none; fo=d:s; ruf=mailto:d@example.com""#),
      .passes("one with a letter", #"_dmarc TXT "v=DMARC1; p=none; fo=1:d; ruf=mailto:d@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(expected: "0, 1, d, s or d:s", mend: \.undoubted) { $0 == .failureOptionsInvalid }
  }
}
