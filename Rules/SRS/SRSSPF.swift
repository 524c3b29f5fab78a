package import Verdict

extension Rule {
  package static let srsSPF = Rule(
    "srs.spf",
    "SPF does not pass forwarded mail",
    about: RewrittenSender.self,
    severity: .high,
    why: """
      The sender of forwarded mail is rewritten to this domain so that SPF passes. Where it does not, receivers refuse \
      what is forwarded.
      """,
    fix: """
      Publish an SPF record for the domain that names the addresses from which mail leaves.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS"), .practice("Gmail: forwarding")],
    examples: [
      .flags(
        "no record", at: ["srs.example.com."], expecting: .exampleOwnSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "the host", expecting: .exampleOwnSRS,
        "srs MX 10 mail\nsrs TXT \"v=spf1 mx -all\"\nmail A 192.0.2.1\n@ MX 10 mail"),
      .passes("no domain for SRS", expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { sender, facts in
    guard sender.result != .pass else { return [] }
    return [
      Fault(
        in: sender.answer,
        """
        Forwarded mail from \(sender.address), rewritten to \(sender.answer.question.name), gets the SPF result \
        \(own: sender.result.rawValue).
        """, expected: "pass"
      ).resting(on: facts.groundsOfSPF(at: sender.answer.question.name))
    ]
  }
}
