import DNSData
package import Verdict

extension Rule {
  package static let dnsCNAMEApex = Rule(
    "dns.cname-apex",
    "An alias stands beside other records",
    about: MixedAlias.self,
    severity: .critical,
    why: """
      An alias replaces everything at its name. Which of the records a resolver sees is chance: MX, SPF and SOA \
      come and go, and so does the mail.
      """,
    fix: """
      Remove the alias. At the domain itself publish the addresses of its target instead, or use what your \
      provider offers for that (ALIAS, flattening).
      """,
    references: [.rfc(1034, "3.6.2"), .rfc(2181, "10.1"), .rfc(1912, "2.4")],
    examples: [
      .flags("at the domain", at: ["example.com."], "@ CNAME www.vendor.example.\n@ TXT \"v=spf1 -all\""),
      .flags(
        "beside SOA and NS records, as servers say", at: ["example.com."], nameServers: .sound,
        "@ CNAME www.vendor.example.\nwww.vendor.example. A 203.0.113.80"),
      .passes("an alias alone", "@ MX 10 mail\nmail A 192.0.2.1\nautodiscover CNAME mail"),
      .passes("no alias", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { mixed, _ in
    [
      Fault(
        in: mixed.alias,
        "\(mixed.name) is an alias, and has \(mixed.types.map { Message("\($0)") }.enumeration) records beside.",
        expected: "the alias alone, or none")
    ]
  }
}
