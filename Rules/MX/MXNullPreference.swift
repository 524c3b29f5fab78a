import DNSData
package import Verdict

extension Rule {
  package static let mxNullPreference = Rule(
    "mx.null-preference",
    "The null MX has another preference than 0",
    about: NullMX.self,
    severity: .low,
    why: """
      A null MX is written with preference 0. Software that compares the whole record does not recognise \
      any other.
      """,
    fix: "Write `MX 0 .`.",
    references: [.rfc(7505, "3")],
    examples: [
      .flags("ten", at: ["example.com."], "@ MX 10 ."),
      .passes("zero", "@ MX 0 ."),
      .passes("a host with preference 10", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { null, _ in
    guard null.preference != 0 else { return [] }
    let right = Record(null.record.name, ttl: null.record.ttl, .mx(MX(preference: 0, exchange: .root)))
    return [
      Fault(
        in: null.answer, "The null MX record has the preference \(Int(null.preference)).", expected: "0",
        mend: Mend(publish: [right], remove: [null.record])
      ).resting(on: [.record(null.record)])
    ]
  }
}
