import DMARC
import DNSData
package import Verdict

extension Rule {
  package static let dmarcWrongLocation = Rule(
    "dmarc.wrong-location",
    "The DMARC record stands at the domain instead of at _dmarc",
    about: DMARCAtApex.self,
    severity: .high,
    why: "Receivers look at `_dmarc` only: the domain has no DMARC.",
    fix: "Publish the record at `_dmarc`, and remove it here.",
    references: [.rfc(9989, "4.5")],
    examples: [
      .flags("at the apex", at: ["example.com."], "@ TXT \"v=DMARC1; p=reject\""),
      .flags("in two strings", at: ["example.com."], "@ TXT \"v=DMARC1; \" \"p=reject\""),
      .passes("at _dmarc", "_dmarc TXT \"v=DMARC1; p=reject\""),
    ]
  ) { apex, facts in
    apex.records.compactMap { record in
      let old = apex.answer.records.filter { published in
        if case .txt(let text) = published.data { text.joined == record.octets } else { false }
      }
      let name = try? facts.domain.prepending(DMARCDiscovery.prefix)
      let moved = name.map {
        Record($0, ttl: old.first?.ttl ?? ZoneFile.defaultTTL, .txt(TXT(joined: record.octets)))
      }
      let isMissing = facts.hasNoDMARCPolicy
      return Fault(
        in: apex.answer, severity: isMissing ? .high : .low,
        "A DMARC record stands at \(facts.domain) itself, where no receiver looks.",
        observed: "\(foreign: record.octets)",
        mend: Mend(publish: isMissing ? [moved].compactMap(\.self) : [], remove: old))
    }
  }
}
