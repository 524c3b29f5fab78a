import DMARC
package import Verdict

extension Rule {
  package static let dmarcFOWithoutRUF = Rule(
    "dmarc.fo-without-ruf",
    "The DMARC record has fo without ruf",
    about: PublishedDMARC.self,
    severity: .info,
    why: "`fo` says when failure reports are wanted. Without an address for them it has no effect.",
    fix: "Remove `fo`, or add `ruf=mailto:…`.",
    references: [.rfc(9989, "4.7")],
    examples: [
      .flags("fo alone", at: ["_dmarc.example.com."], #"_dmarc TXT "v=DMARC1; p=none; fo=1""#),
      .passes("with ruf", #"_dmarc TXT "v=DMARC1; p=none; fo=1; ruf=mailto:d@example.com""#),
    ]
  ) { published, _ in
    published.stop.faults(mend: \.withoutFailureOptions) { $0 == .failureOptionsUnused }
  }
}

extension DMARCRecord {
  fileprivate var withoutFailureOptions: DMARCSettings? {
    var settings = undoubted
    settings?.failureOptions = [.allFail]
    return settings
  }
}
