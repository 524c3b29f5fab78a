import DNSData
package import Verdict

extension Rule {
  package static let tlsrptWildcard = Rule(
    "tlsrpt.wildcard",
    "The TLS reporting record is that of a wildcard",
    about: ProbedTLSRPT.self,
    severity: .low,
    why: """
      Every name below the domain has this text, for whatever purpose it is asked. And the first name that \
      is published below `_tls` ends it for TLS reporting.
      """,
    fix: "Publish the record at `_smtp._tls`, and remove it from the wildcard.",
    references: [.rfc(4592, "2.2.1"), .rfc(8460, "3")],
    examples: [
      .flags(
        "everywhere", at: ["_smtp._tls.example.com."], #"* TXT "v=TLSRPTv1; rua=https://192.0.2.80/""#),
      .passes(
        "at its name", "_smtp._tls TXT \"v=TLSRPTv1; rua=https://192.0.2.80/\"\n* TXT \"v=spf1 -all\""),
      .passes("a wildcard of another kind", "* TXT hello"),
    ]
  ) { probed, _ in
    guard probed.published.isWildcard else { return [] }
    return [
      Fault(
        in: probed.published.answer, "A name that nobody has published has the same TLS reporting record.",
        observed: probed.published.records.map { "\(foreign: $0.octets)" as Message }.enumeration,
        expected: "a record at \(probed.published.answer.question.name) of its own")
    ]
  }
}
