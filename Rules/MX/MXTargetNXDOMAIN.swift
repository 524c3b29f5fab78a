import DNSData
package import Verdict

extension Rule {
  package static let mxTargetNXDOMAIN = Rule(
    "mx.target-nxdomain",
    "An MX leads to a host without an address",
    about: MXTarget.self,
    severity: .critical,
    why: """
      Senders cannot connect to a host that has no address. If it is the only MX, all mail waits and \
      then bounces; beside others it costs every sender a failed try.
      """,
    fix: "Publish A and AAAA records for the host, or remove the MX record.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags("the only MX does not exist", at: ["mail.example.com."], "@ MX 10 mail"),
      .flags("it exists without an address", at: ["mail.example.com."], "@ MX 10 mail\nmail TXT x"),
      .flags(
        "one of two", at: ["old.example.com."], severity: .medium,
        """
        @ MX 10 mail
        @ MX 20 old
        mail A 192.0.2.1
        """),
      .flags(
        "all of them", at: ["mail.example.com.", "old.example.com.", "inside.example.com."],
        """
        @ MX 10 mail
        @ MX 20 old
        @ MX 30 inside
        inside TXT x
        """),
      .flags(
        "a final dot is missing", at: ["mail.example.com.example.com."],
        "@ MX 10 mail.example.com\nmail A 192.0.2.1"),
      .passes("an AAAA alone is an address", "@ MX 10 mail\nmail AAAA 2001:db8::1"),
      .passes("null MX", "@ MX 0 ."),
    ]
  ) { target, facts in
    guard target.addresses.isProvenEmpty || target.addresses.isNoSuchName,
      let witness = target.addresses.witness
    else { return [] }
    if let meant = target.meantHost(in: facts.domain) {
      let old = target.answer.records.filter { $0.exchanger?.exchange == target.host }
      let record = Record(
        old.first?.name ?? facts.domain, ttl: old.first?.ttl ?? ZoneFile.defaultTTL,
        .mx(MX(preference: target.preference, exchange: meant)))
      return [
        Fault(
          at: Place(target.host), saidBy: witness.responder,
          severity: target.isLastHope ? .critical : .medium,
          "The MX record leads to \(target.host): a dot is missing behind the name in the zone file.",
          expected: "\(meant) with a final dot", mend: Mend(publish: [record], remove: old),
          link: .addresses(of: target.host)
        ).resting(on: target.grounds)
      ]
    }
    let reason: Message =
      target.addresses.isNoSuchName ? "does not exist" : "has neither an A nor an AAAA record"
    return [
      Fault(
        at: Place(target.host), saidBy: witness.responder, severity: target.isLastHope ? .critical : .medium,
        "The MX record leads to \(target.host), which \(reason).", expected: "an A or AAAA record",
        link: .addresses(of: target.host)
      ).resting(on: target.grounds)
    ]
  }
}

extension MXTarget {
  /// The host that was meant where the zone's name stands behind it twice.
  fileprivate func meantHost(in domain: Name) -> Name? {
    let count = domain.labelCount
    let labels = host.labels
    guard labels.count > 2 * count, Array(labels.suffix(2 * count)) == domain.labels + domain.labels else {
      return nil
    }
    return try? Name(labels: labels.dropLast(count))
  }
}
