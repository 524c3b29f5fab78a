import SPF
package import Verdict

extension Rule {
  package static let mxTooMany = Rule(
    "mx.too-many",
    "There are more than ten MX hosts",
    about: MXSet.self,
    severity: .medium,
    why: """
      SPF's `mx` may lead to ten hosts at most; with more of them the whole record becomes a permanent \
      error. And hardly any sender tries that many.
      """,
    fix: "Keep ten MX hosts at most; several addresses of one host name count as one.",
    references: [.rfc(7208, "4.6.4")],
    examples: [
      .flags(
        "eleven", at: ["example.com."],
        (1...11).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
      .passes("ten", (1...10).map { "@ MX 10 m\($0)\nm\($0) A 192.0.2.\($0)" }.joined(separator: "\n")),
      .passes(
        "one host with eleven addresses",
        "@ MX 10 mail\n" + (1...11).map { "mail A 192.0.2.\($0)" }.joined(separator: "\n")),
    ]
  ) { set, _ in
    guard set.hosts.count > SPFLimits.exchangers else { return [] }
    return [
      Fault(
        in: set.answer, "The MX records name \(set.hosts.count) hosts.",
        expected: "at most \(SPFLimits.exchangers)")
    ]
  }
}
