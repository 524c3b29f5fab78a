import Expectation
package import Verdict

extension Rule {
  package static let srsDKIMMissing = Rule(
    "srs.dkim-missing",
    "The domain of rewritten senders signs nothing",
    about: SRSDomain.self,
    severity: .medium,
    why: """
      Bounces and automatic replies of this domain carry no signature, so that nothing but SPF speaks for them.
      """,
    fix: """
      Let the host sign with a key for this domain, publish it, and name the selector in the expected configuration.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS")],
    examples: [
      .flags("no selector", at: ["example.com."], expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a key at a common selector", expecting: .exampleSRS,
        "@ MX 10 mail\nmail A 192.0.2.1\nmail._domainkey TXT \(ExampleKey.record())"),
      .passes("no domain for SRS", expecting: .exampleV4, "@ MX 10 mail"),
    ]
  ) { domain, facts in
    guard domain.expected.signingSelectors(at: facts.snapshot.started).isEmpty,
      !facts.selectors.contains(where: { !$0.candidates.isEmpty })
    else { return [] }
    return [
      Fault(
        in: domain.mx, "The expected configuration names no selector that signs for \(facts.domain).",
        expected: "a selector with a published key")
    ]
  }
}
