import SPF
package import Verdict

extension Rule {
  package static let spfType99 = Rule(
    "spf.type99",
    "There is a record of the obsolete type SPF",
    about: SPFTypeRecord.self,
    severity: .low,
    why: """
      Receivers read TXT records only. The type SPF (99) was given up in 2014; what stands there misleads \
      whoever maintains the zone, the more so if it says something else.
      """,
    fix: "Remove the record of type SPF, and keep the TXT record.",
    references: [.rfc(7208, "3.1")],
    examples: [
      .flags(
        "the same as in TXT", at: ["example.com."],
        "@ TXT \"v=spf1 -all\"\n@ TYPE99 \\# 12 0b763d73706631202d616c6c"),
      .flags(
        "another text than in TXT", at: ["example.com."], severity: .medium,
        "@ TXT \"v=spf1 ~all\"\n@ TYPE99 \\# 12 0b763d73706631202d616c6c"),
      .flags(
        "without a TXT record", at: ["example.com."], severity: .medium,
        "@ MX 10 mail\n@ TYPE99 \\# 12 0b763d73706631202d616c6c"),
      .passes("TXT alone", "@ TXT \"v=spf1 -all\""),
    ]
  ) { type99, _ in
    let published = SPFRecord.select(type99.texts.records).map(\.joined)
    let isSame = type99.text.map { published == [$0] } ?? false
    return [
      Fault(
        in: type99.answer, severity: isSame ? .low : .medium,
        isSame
          ? "A record of type SPF repeats the TXT record."
          : "A record of type SPF says something else than the TXT records.",
        observed: type99.text.map { "\(foreign: $0)" }, expected: "a TXT record alone",
        mend: Mend(remove: [type99.record]))
    ]
  }
}
