package import Verdict

extension Rule {
  package static let dmarcPCT = Rule(
    "dmarc.pct",
    "The DMARC record has the obsolete tag pct",
    about: PublishedDMARC.self,
    severity: .low,
    why: """
      Current receivers ignore `pct` and apply the policy to all mail; older ones apply it to the share \
      that is written. With less than 100 the two do different things.
      """,
    fix: "Remove `pct`. To hold a policy back publish `t=y`, or a weaker policy.",
    references: [.rfc(9989, "A.6"), .rfc(9989, "9.3")],
    examples: [
      .flags("100", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=reject; pct=100""#),
      .flags(
        "half", at: ["_dmarc.example.com."], severity: .medium, #"_dmarc TXT "v=DMARC1; p=reject; pct=50""#),
      .flags(
        "none at all", at: ["_dmarc.example.com."], severity: .medium,
        #"_dmarc TXT "v=DMARC1; p=quarantine; pct=0""#),
      .passes("without it", #"_dmarc TXT "v=DMARC1; p=reject""#),
    ]
  ) { published, _ in
    guard let tag = published.record.tags["pct"] else { return [] }
    return [
      published.fault(
        severity: published.record.percentage.map { $0 < 100 } == true ? .medium : .low,
        "The record has pct=\(foreign: tag.value), which current receivers ignore.", expected: "no `pct`",
        mend: published.mend { _ in })
    ]
  }
}
