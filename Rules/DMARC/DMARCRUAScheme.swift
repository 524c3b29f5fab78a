import DMARC
package import Verdict

extension Rule {
  package static let dmarcRUAScheme = Rule(
    "dmarc.rua-scheme",
    "A report address of the DMARC record is no mailto: address",
    about: DMARCPublication.self,
    severity: .high,
    why: """
      Receivers send reports to `mailto:` addresses only. Anything else gets none, so that faults and \
      forgeries stay unseen.
      """,
    fix: "Write `rua=mailto:address@domain`.",
    references: [.rfc(9989, "4.6"), .rfc(9989, "4.8")],
    examples: [
      .flags(
        "a bare address", at: ["_dmarc.example.com."],
        "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none; rua=d@example.com\""),
      .flags(
        "a web address", at: ["_dmarc.example.com."],
        #"_dmarc TXT "v=DMARC1; p=none; rua=https://r.example.com/""#),
      .passes("mailto", #"_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.com""#),
    ]
  ) { publication, _ in
    publication.ownStops.flatMap { stop in
      stop.faults(expected: "mailto:address@domain", mend: \.settingsWithReports) { kind in
        kind == .reportURI(.schemeMissing) || kind == .reportURIScheme
      }
    }
  }
}

extension DMARCRecord {
  /// nil where another fault comes first, or an address is not one of mail at all.
  fileprivate var settingsWithReports: DMARCSettings? {
    let isMail = !faults.contains { $0.kind == .reportURIScheme }
    return isMail && treatment == .asPublished ? settings : nil
  }
}
