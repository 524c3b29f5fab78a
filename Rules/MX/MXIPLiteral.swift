import DNSData
package import Verdict

extension Rule {
  package static let mxIPLiteral = Rule(
    "mx.ip-literal",
    "The MX names an address instead of a host",
    about: MXTarget.self,
    severity: .critical,
    why: """
      An MX record holds a host name. Senders look an address up as if it were a name, find nothing, and \
      cannot deliver.
      """,
    fix: "Give the address a name with an A or AAAA record and let the MX record point to that name.",
    references: [.rfc(1035, "3.3.9"), .rfc(5321, "5.1")],
    examples: [
      .flags("an IPv4 address", at: ["example.com."], "@ MX 10 192.0.2.1."),
      .flags("a private one", at: ["example.com."], "@ MX 10 10.0.0.1."),
      .flags("an IPv4 address below the zone", at: ["example.com."], "@ MX 10 192.0.2.1"),
      .passes("a host name with digits", "@ MX 10 mx1.10\nmx1.10 A 192.0.2.1"),
    ]
  ) { target, facts in
    guard let address = target.writtenAddress(under: facts.domain),
      let host = try? facts.domain.prepending("mail")
    else { return [] }
    let old = target.answer.records.filter { $0.exchanger?.exchange == target.host }
    let ttl = old.first?.ttl ?? ZoneFile.defaultTTL
    let record = Record(facts.domain, ttl: ttl, .mx(MX(preference: target.preference, exchange: host)))
    let isPublic = SpecialPurpose.block(of: .v4(address), allowed: facts.allowedNetworks) == nil
    let mend = Mend(
      publish: [record, Record(host, ttl: ttl, .a(address))], remove: old,
      note: "If \(host.display) is in use already, give the address another name.")
    return [
      Fault(
        in: target.answer,
        "The MX record names the address \(.v4(address) as IPAddress) where a host name must stand.",
        expected: "a host name that has this address", mend: isPublic ? mend : nil)
    ]
  }
}

extension MXTarget {
  /// The IPv4 address that somebody wrote as a name, absolute or with the domain behind it.
  fileprivate func writtenAddress(under domain: Name) -> IPv4Address? {
    let suffix = host.isAtOrBelow(domain) ? domain.labelCount : 0
    let labels = host.labels.dropLast(suffix).map { String(decoding: $0, as: UTF8.self) }
    return IPv4Address(labels.joined(separator: "."))
  }
}
