import DNSData
package import Verdict

extension Rule {
  package static let mxNullAdvised = Rule(
    "mx.null-advised",
    "A domain without mail has an address and no null MX",
    about: UnusedDomain.self,
    severity: .low,
    why: """
      Without an MX record senders take the domain's address for its mail host and try it for days, \
      before the author of a misdirected message learns of it.
      """,
    fix: "Publish `MX 0 .`, if the domain takes no mail.",
    references: [.rfc(7505, "1"), .rfc(5321, "5.1"), .practice("internet.nl: mail test")],
    examples: [
      .flags("SPF denies everybody", at: ["example.com."], "@ A 192.0.2.80\n@ TXT \"v=spf1 -all\""),
      .flags("a web site", at: ["example.com."], severity: .info, "@ A 192.0.2.80"),
      .passes("null MX", "@ A 192.0.2.80\n@ MX 0 ."),
      .passes("without an address nobody tries", "@ TXT \"v=spf1 -all\""),
      .passes("a domain with mail", "@ A 192.0.2.80\n@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { domain, _ in
    guard domain.mx.records.isEmpty, let address = domain.addresses.flatMap(\.records).first?.address else {
      return []
    }
    let null = Record(domain.name, ttl: ZoneFile.defaultTTL, .mx(MX(preference: 0, exchange: .root)))
    return [
      Fault(
        in: domain.mx, severity: domain.severity(.low),
        "\(domain.name) has no MX record, so that mail for it is tried at \(address).", expected: "`MX 0 .`",
        mend: domain.ifDeclared(Mend(publish: [null])))
    ]
  }
}
