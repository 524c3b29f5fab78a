import DNSData
package import Verdict

extension Rule {
  package static let hostAddressSpecial = Rule(
    "host.address-special",
    "A mail host has an address that is not public beside public ones",
    about: MailHost.self,
    severity: .critical,
    why: """
      Senders take any of a host's addresses. Those that take a private or reserved one cannot deliver, \
      or knock at a machine in their own network.
      """,
    fix: "Remove the address from the public zone. Where inside and outside must differ, use separate views.",
    references: [.rfc(6890, "2.2"), .rfc(9637, "")],
    examples: [
      .flags(
        "private beside public", at: ["mail.example.com."], "@ MX 10 mail\nmail A 192.0.2.1\nmail A 10.0.0.1"),
      .flags(
        "unique local beside public", at: ["mail.example.com."],
        "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA fd00::1"),
      .passes("public ones", "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes("only a private one is mx.target-special", "@ MX 10 mail\nmail A 10.0.0.1"),
    ]
  ) { host, facts in
    let records = [host.addresses.a, host.addresses.aaaa].compactMap(\.self).flatMap { answer in
      answer.records.map { (answer, $0) }
    }
    let special = records.compactMap { answer, record in
      record.address.flatMap { SpecialPurpose.block(of: $0, allowed: facts.allowedNetworks) }.map {
        (answer, record, $0)
      }
    }
    guard special.count < records.count else { return [] }
    return special.compactMap { answer, record, block in
      record.address.map { address in
        Fault(
          at: Place(host.addresses.host, record.type, address: address), saidBy: answer.responder,
          "\(host.addresses.host) has the address \(address), which is \(own: block.name).",
          expected: "public addresses only", mend: Mend(remove: [record]))
      }
    }
  }
}
