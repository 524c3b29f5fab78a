package import Verdict

extension Rule {
  package static let dmarcRFRI = Rule(
    "dmarc.rf-ri",
    "The DMARC record has the obsolete tags rf or ri",
    about: PublishedDMARC.self,
    severity: .low,
    why: "Receivers ignore them. Who believes in the interval or the format that they ask for waits in vain.",
    fix: "Remove the tags.",
    references: [.rfc(9989, "9.3")],
    examples: [
      .flags("an interval", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; ri=3600""#),
      .flags("both", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; rf=afrf; ri=86400""#),
      .passes("without them", #"_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com""#),
    ]
  ) { published, _ in
    let tags = ["rf", "ri"].filter { published.record.tags[$0] != nil }.map { "`\(own: $0)`" as Message }
    guard !tags.isEmpty else { return [] }
    return [
      published.fault(
        "The record has " + tags.enumeration + ", which receivers ignore.", mend: published.mend { _ in })
    ]
  }
}
