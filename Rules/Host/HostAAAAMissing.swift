package import Verdict

extension Rule {
  package static let hostAAAAMissing = Rule(
    "host.aaaa-missing",
    "A mail host has no IPv6 address",
    about: MailHost.self,
    severity: .low,
    why: "Senders that have IPv6 alone cannot deliver, and tests such as internet.nl count it.",
    fix: "Give the host an IPv6 address, if its network has IPv6, and publish an AAAA record.",
    references: [.practice("Simple NixOS Mailserver: setup guide"), .practice("internet.nl: mail test")],
    examples: [
      .flags("IPv4 alone", at: ["mail.example.com."], "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "a host of the provider, who decides", at: ["mx.vendor.example."], severity: .info,
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes("both", "@ MX 10 mail\nmail A 192.0.2.1\nmail AAAA 2001:db8::1"),
      .passes("no address at all is mx.target-nxdomain", "@ MX 10 mail"),
    ]
  ) { host, _ in
    guard let aaaa = host.addresses.aaaa, aaaa.failure == nil, aaaa.records.isEmpty,
      host.addresses.a?.records.isEmpty == false
    else { return [] }
    return [
      Fault(
        in: aaaa, severity: host.ownership == .own ? .low : .info,
        "\(host.addresses.host) has an A record but no AAAA record.", expected: "an AAAA record")
    ]
  }
}
