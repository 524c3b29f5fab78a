package import Verdict

extension Rule {
  package static let srsDMARCMissing = Rule(
    "srs.dmarc-missing",
    "The domain of rewritten senders has no DMARC policy",
    about: SRSDomain.self,
    severity: .low,
    why: """
      Nobody writes mail in the name of this domain but the host. Without a policy, forgers may too.
      """,
    fix: """
      Publish `v=DMARC1; p=reject; adkim=s`.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS"), .rfc(9989, "4.7")],
    examples: [
      .flags(
        "none", at: ["_dmarc.example.com."], expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a policy", expecting: .exampleSRS,
        "@ MX 10 mail\nmail A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject; adkim=s\""),
      .passes("no domain for SRS", expecting: .exampleV4, "@ MX 10 mail"),
    ],
    precedence: .general
  ) { domain, facts in
    guard facts.hasNoDMARCPolicy, let answer = domain.policies else { return [] }
    return [Fault(in: answer, "No DMARC record applies to \(facts.domain).", expected: "`p=reject`")]
  }
}
