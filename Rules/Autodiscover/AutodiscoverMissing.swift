package import Verdict

extension Rule {
  package static let autodiscoverMissing = Rule(
    "autodiscover.missing",
    "Outlook finds no settings for accounts of this domain",
    about: AutodiscoverHost.self,
    severity: .info,
    why: """
      Outlook and several mail programs for phones look for `autodiscover` below the domain. Without it \
      users type in the names of the servers by hand. Nothing else depends on it.
      """,
    fix: "If such programs are in use, serve their settings at `autodiscover`, over HTTPS.",
    references: [.practice("Microsoft Exchange, Autodiscover for Exchange")],
    examples: [
      .flags(
        "nothing", at: ["autodiscover.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("a host", "@ MX 10 mail\nmail A 192.0.2.1\nautodiscover A 192.0.2.2"),
      .passes(
        "an SRV record", "@ MX 10 mail\nmail A 192.0.2.1\n_autodiscover._tcp SRV 0 1 443 mail"),
      .passes("no mail", "@ A 192.0.2.80"),
    ]
  ) { host, _ in
    guard host.isProvenMissing, host.announcement.isEmpty, host.a.aliases.isEmpty else { return [] }
    return [
      Fault(in: host.a, "Neither \(host.a.question.name) nor \(host.announcement.question.name) exists.")
    ]
  }
}
