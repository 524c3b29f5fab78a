package import Verdict

extension Rule {
  package static let dmarcPNotSecond = Rule(
    "dmarc.p-not-second",
    "The DMARC policy does not follow the version",
    about: PublishedDMARC.self,
    severity: .low,
    why: "It may stand anywhere now. Older receivers want it directly behind `v=DMARC1`.",
    fix: "Move `p` behind `v=DMARC1`.",
    references: [.rfc(7489, "6.3"), .rfc(9989, "4.7")],
    examples: [
      .flags(
        "behind rua", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; rua=mailto:d@example.com; p=none""#),
      .passes("second", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
      .passes(
        "not there at all is dmarc.p-missing", #"_dmarc TXT "v=DMARC1; rua=mailto:d@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(mend: \.undoubted) { $0 == .policyNotSecond }
  }
}
