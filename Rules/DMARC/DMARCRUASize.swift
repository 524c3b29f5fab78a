package import Verdict

extension Rule {
  package static let dmarcRUASize = Rule(
    "dmarc.rua-size",
    "A report address of the DMARC record has a size limit",
    about: PublishedDMARC.self,
    severity: .low,
    why:
      "The limit behind `!` is no longer part of the standard: some receivers ignore it, some the address.",
    fix: "Remove the limit.",
    references: [.rfc(9989, "4.8"), .rfc(7489, "6.2")],
    examples: [
      .flags(
        "ten megabytes", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com!10m""#),
      .passes("without it", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(mend: \.undoubted) { $0 == .reportURISize }
  }
}
