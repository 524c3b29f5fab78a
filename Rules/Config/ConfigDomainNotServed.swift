package import Verdict

extension Rule {
  package static let configDomainNotServed = Rule(
    "config.domain-not-served",
    "Mail of a served domain goes elsewhere, or that of an unserved one comes here",
    about: ServedDomain.self,
    severity: .high,
    why: """
      The expected configuration and the MX records disagree about who takes the mail of the domain: either it never \
      comes to the hosts that keep its mailboxes, or these refuse it.
      """,
    fix: """
      Let the MX records lead to the hosts of the site, or add the domain to those that the hosts serve.
      """,
    references: [.rfc(5321, "5.1"), .practice("Flying Circus: mail server, served domains")],
    examples: [
      .flags(
        "MX at somebody else's", at: ["example.com."], expecting: .exampleV4,
        "@ MX 10 mx.vendor.example.\nmail A 192.0.2.1\nmx.vendor.example. A 198.51.100.7"),
      .flags(
        "a domain that the file does not name", domain: "other.example", at: ["other.example."],
        expecting: .exampleV4, "other.example. MX 10 mail\nmail A 192.0.2.1"),
      .passes("served", expecting: .exampleV4, "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "neither here nor in the file", domain: "other.example", expecting: .exampleV4,
        "other.example. MX 10 mx.vendor.example.\nmx.vendor.example. A 198.51.100.7"),
      .passes("nothing is expected", "@ MX 10 mx.vendor.example."),
    ],
    precedence: .general
  ) { domain, _ in
    switch domain.disagreement {
    case nil: []
    case .leavesSite(let mend):
      [
        Fault(
          in: domain.mx, "No MX record leads to a host that is meant to take mail of \(domain.name).",
          observed: domain.observed, mend: mend)
      ]
    case .notInSite(let host):
      [
        Fault(
          in: domain.mx,
          "Mail of \(domain.name) goes to \(host), and the expected configuration does not name the domain.",
          observed: domain.observed)
      ]
    }
  }
}
