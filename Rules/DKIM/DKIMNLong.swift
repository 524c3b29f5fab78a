import DKIM
package import Verdict

extension Rule {
  package static let dkimNLong = Rule(
    "dkim.n-long",
    "The key record carries a long note",
    about: DKIMSelector.self,
    severity: .info,
    why: "Nobody reads the tag `n`, and every verifier has to fetch it. Long answers need TCP.",
    fix: "Shorten the note, or keep it as a comment in the zone file.",
    references: [.rfc(6376, "3.6.1")],
    examples: [
      .flags(
        "a sentence", at: ["s._domainkey.example.com."], selectors: ["s"],
        "s._domainkey TXT "
          + ExampleKey.record(
            "v=DKIM1; n=This key was made by the mail team and will be replaced at the end of the year")),
      .passes("a word", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record("v=DKIM1; n=2026"))"),
      .passes("none", selectors: ["s"], "s._domainkey TXT \(ExampleKey.record())"),
    ]
  ) { selector, _ in
    // RFC 6376 §3.6.1 wants notes sparingly and names no number: a date and a word fit.
    let limit = 60  // octets
    return selector.candidates.compactMap { record in
      guard let note = record.tags["n"], note.value.count > limit else { return nil }
      return Fault(
        in: selector.answer, "The note has \(note.value.count) octets.", observed: "\(foreign: note.value)",
        mend: record.publication.flatMap { selector.mend(of: record, to: $0) })
    }
  }
}
