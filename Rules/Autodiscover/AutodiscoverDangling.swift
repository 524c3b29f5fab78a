import DNSData
package import Verdict

extension Rule {
  package static let autodiscoverDangling = Rule(
    "autodiscover.dangling",
    "autodiscover is an alias of a host that is gone",
    about: AutodiscoverHost.self,
    severity: .high,
    why: """
      Mail programs send the user's name, and some the password, to whoever answers at this name. Whoever \
      registers the name that is gone gets them.
      """,
    fix: "Remove the alias, or let it lead to the host that serves the settings.",
    references: [.practice("Autodiscover credential leaks, 2021")],
    examples: [
      .flags(
        "a tenant that is gone", at: ["autodiscover.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\nautodiscover CNAME gone.vendor.example."),
      .passes(
        "a host",
        "@ MX 10 mail\nmail A 192.0.2.1\nautodiscover CNAME host.vendor.example.\n"
          + "host.vendor.example. A 192.0.2.3"),
      .passes("no alias", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes(
        "a wildcard for web hosts answers at every name",
        "@ MX 10 mail\nmail A 192.0.2.1\n* CNAME www"),
    ]
  ) { host, _ in
    guard host.isProvenMissing, !host.isWildcard, let alias = host.a.aliases.last,
      case .cname(let target) = alias.data
    else { return [] }
    return [
      Fault(
        at: Place(host.a.question.name, .cname), saidBy: host.a.responder,
        "\(host.a.question.name) is an alias of \(target), which has no address.",
        expected: "no alias, or one of a host with addresses",
        mend: Mend(remove: host.a.aliases.filter { $0.name == host.a.question.name })
      ).resting(on: [.lookup(host.a.question)])
    ]
  }
}
