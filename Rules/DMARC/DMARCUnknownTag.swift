package import Verdict

extension Rule {
  package static let dmarcUnknownTag = Rule(
    "dmarc.unknown-tag",
    "The DMARC record has a tag that does not exist",
    about: PublishedDMARC.self,
    severity: .low,
    why: "Receivers ignore it. It may be a misspelt tag, whose setting is then missing.",
    fix: "Correct the name of the tag, or remove it.",
    references: [.rfc(9989, "4.7"), .rfc(9989, "9.3")],
    examples: [
      .flags(
        "a typing error", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rau=mailto:d@example.com""#),
      .passes(
        "all tags of RFC 9989", #"_dmarc TXT "v=DMARC1; p=none; sp=none; np=reject; psd=n; t=y; fo=0""#),
      .passes("obsolete tags are known", #"_dmarc TXT "v=DMARC1; p=none; pct=100; rf=afrf; ri=1""#),
    ]
  ) { published, _ in published.stop.faults { $0 == .unknownTag } }
}
