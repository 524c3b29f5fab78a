package import Verdict

extension Rule {
  package static let hostAMissing = Rule(
    "host.a-missing",
    "A mail host has no IPv4 address",
    about: MailHost.self,
    severity: .high,
    why: "Many senders have no IPv6. They cannot deliver to a host that has only an AAAA record.",
    fix: "Publish an A record for the host.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags("IPv6 alone", at: ["mail.example.com."], "@ MX 10 mail\nmail AAAA 2001:db8::1"),
      .passes("IPv4 alone", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("no address at all is mx.target-nxdomain", "@ MX 10 mail"),
    ]
  ) { host, _ in
    guard let a = host.addresses.a, a.failure == nil, a.records.isEmpty,
      host.addresses.aaaa?.records.isEmpty == false
    else { return [] }
    return [
      Fault(in: a, "\(host.addresses.host) has an AAAA record but no A record.", expected: "an A record")
    ]
  }
}
