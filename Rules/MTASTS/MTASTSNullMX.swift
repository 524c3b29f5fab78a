import DNSData
package import Verdict

extension Rule {
  package static let mtastsNullMX = Rule(
    "mtasts.null-mx",
    "A domain that takes no mail has an MTA-STS record",
    about: NullMXMTASTS.self,
    severity: .low,
    why: "No sender asks for the policy of a domain with null MX: it has to be looked after for nothing.",
    fix: "Remove the record, and the policy once its `max_age` is over.",
    references: [.rfc(7505, "3"), .rfc(8461, "8.3")],
    examples: [
      .flags("both", at: ["_mta-sts.example.com."], "@ MX 0 .\n_mta-sts TXT \"v=STSv1; id=1;\""),
      .passes("null MX alone", "@ MX 0 ."),
      .passes("another text", "@ MX 0 .\n_mta-sts TXT hello"),
      .passes(
        "MX hosts", "@ MX 10 mail\nmail A 192.0.2.1\n_mta-sts TXT \"v=STSv1; id=1;\"\nmta-sts A 192.0.2.80"),
    ]
  ) { domain, _ in
    guard !domain.records.isEmpty else { return [] }
    let texts = domain.records.map(\.octets)
    let old = domain.answer.records.filter {
      if case .txt(let text) = $0.data { texts.contains(text.joined) } else { false }
    }
    return [
      Fault(
        in: domain.answer, "The domain takes no mail, so that no sender asks for its policy.",
        observed: texts.map { "\(foreign: $0)" as Message }.enumeration, expected: "no MTA-STS record",
        mend: domain.isWildcard
          ? nil
          : Mend(
            remove: old,
            note:
              "If the domain took mail until lately, serve a policy with `mode: none` first (RFC 8461 §8.3).")
      )
    ]
  }
}
