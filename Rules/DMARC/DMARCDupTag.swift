package import Verdict

extension Rule {
  package static let dmarcDupTag = Rule(
    "dmarc.dup-tag",
    "A tag of the DMARC record stands twice",
    about: PublishedDMARC.self,
    severity: .medium,
    why: "Some receivers take the first, some the last, and some discard the record.",
    fix: "Keep the one that is meant.",
    references: [.rfc(9989, "4.8"), .rfc(6376, "3.2")],
    examples: [
      .flags("two policies", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; p=reject""#),
      .flags(
        "two report addresses", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com; rua=mailto:b@example.com""#),
      .passes(
        "two addresses in one tag",
        #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(expected: "each tag once") { $0 == .syntax(.duplicate) }
  }
}
