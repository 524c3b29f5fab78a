package import Verdict

extension Rule {
  package static let srsMXMissing = Rule(
    "srs.mx-missing",
    "Bounces of forwarded mail go elsewhere",
    about: ServedSRSDomain.self,
    severity: .high,
    why: """
      Mail that is forwarded has a sender in this domain. Without an MX record that leads to the host, its bounces are \
      lost, and receivers may refuse the mail.
      """,
    fix: """
      Publish the MX record of the expected configuration.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS")],
    examples: [
      .flags(
        "elsewhere", at: ["example.com."], expecting: .exampleSRS,
        "@ MX 10 mx.vendor.example.\nmail A 192.0.2.1"),
      .flags("none", at: ["example.com."], expecting: .exampleSRS, "@ TXT \"v=spf1 mx -all\""),
      .passes("the host", expecting: .exampleSRS, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("no domain for SRS", expecting: .exampleV4, "@ MX 10 mx.vendor.example."),
    ],
    precedence: .general
  ) { domain, _ in
    guard case .leavesSite(let mend) = domain.subject.disagreement else { return [] }
    return [
      Fault(
        in: domain.subject.mx,
        "No MX record of \(domain.subject.name) leads to the host that rewrites senders.",
        observed: domain.subject.observed, mend: mend)
    ]
  }
}
