import DMARC
package import Verdict

extension Rule {
  package static let dmarcDeepName = Rule(
    "dmarc.deep-name",
    "A domain has so many labels that receivers do not find its DMARC record",
    about: SkippedDMARC.self,
    severity: .medium,
    why: """
      Receivers look at the domain itself and then at its last seven labels. A record at a name in between \
      is never found.
      """,
    fix: "Publish the record at the domain itself.",
    references: [.rfc(9989, "4.10"), .rfc(9989, "5.1.8")],
    examples: [
      .flags(
        "ten labels", domain: "a.b.c.d.e.f.g.h.example.com", at: ["_dmarc.b.c.d.e.f.g.h.example.com."],
        "a.b.c.d.e.f.g.h MX 10 mail\n_dmarc.b.c.d.e.f.g.h TXT \"v=DMARC1; p=reject\""),
      .passes(
        "a record at the domain itself", domain: "a.b.c.d.e.f.g.h.example.com",
        """
        a.b.c.d.e.f.g.h MX 10 mail
        _dmarc.a.b.c.d.e.f.g.h TXT "v=DMARC1; p=reject"
        _dmarc.b.c.d.e.f.g.h TXT "v=DMARC1; p=reject"
        """),
      .passes(
        "one within the last seven labels", domain: "a.b.c.d.e.f.g.h.example.com",
        "a.b.c.d.e.f.g.h MX 10 mail\n_dmarc.d.e.f.g.h TXT \"v=DMARC1; p=reject\""),
    ]
  ) { skipped, facts in
    [
      Fault(
        in: skipped.answer,
        "Receivers of mail from \(facts.domain) do not look at \(skipped.target), where a record stands.",
        observed: "\(foreign: skipped.record.octets)", expected: "a record at \(facts.domain)")
    ]
  }
}
