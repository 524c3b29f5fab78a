package import Verdict

extension Rule {
  package static let srsSharedDomain = Rule(
    "srs.shared-domain",
    "Forwarded mail of unrelated domains is rewritten to one customer",
    about: SRSDomain.self,
    severity: .medium,
    why: """
      Every receiver of forwarded mail sees this customer's domain, whoever's mail it was: it has their bounces, and their \
      bad repute.
      """,
    fix: """
      Use a domain of the host's own organisation, or one for this purpose alone.
      """,
    references: [.practice("Simple NixOS Mailserver: SRS")],
    examples: [
      .flags(
        "a customer's", domain: "srs.example.com", at: ["srs.example.com."], expecting: .exampleTenantSRS,
        "srs MX 10 mail.provider.example."),
      .passes(
        "the operator's own", domain: "srs.example.com", expecting: .exampleOwnSRS, "srs MX 10 mail"),
      .passes("no domain for SRS", expecting: .exampleV4, "@ MX 10 mail"),
    ]
  ) { domain, facts in
    guard let customer = domain.owner, !domain.unrelated.isEmpty else { return [] }
    let others = domain.unrelated.map { "\($0)" as Message }.enumeration
    return [
      Fault(
        in: domain.mx,
        "\(facts.domain), which belongs with \(customer), is the sender of forwarded mail of \(others) too.",
        expected: "a domain of the operator")
    ]
  }
}
