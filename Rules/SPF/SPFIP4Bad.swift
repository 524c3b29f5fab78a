import SPF
package import Verdict

extension Rule {
  package static let spfIP4Bad = Rule(
    "spf.ip4-bad",
    "An ip4 term has no proper IPv4 network",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      A malformed address makes the whole record a permanent error. Bits behind the prefix length are \
      ignored by receivers, but show that another network may have been meant.
      """,
    fix: "Write the network as four decimal octets with at most /32 behind it.",
    references: [.rfc(7208, "5.6"), .rfc(7208, "12")],
    examples: [
      .flags("an octet over 255", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.256 -all""#),
      .flags("an IPv6 address", at: ["example.com."], #"@ TXT "v=spf1 ip4:2001:db8::1 -all""#),
      .flags("a leading zero", at: ["example.com."], #"@ TXT "v=spf1 ip4:192.0.2.01 -all""#),
      .flags("host bits", at: ["example.com."], severity: .low, #"@ TXT "v=spf1 ip4:192.0.2.1/24 -all""#),
      .passes("sound", #"@ TXT "v=spf1 ip4:192.0.2.1 ip4:198.51.100.0/24 -all""#),
    ]
  ) { published, _ in
    published.faults(expected: "an IPv4 address, or a network such as 192.0.2.0/24") { kind in
      if case .badIP4 = kind { true } else { false }
    } + published.hostBits(of: "ip4")
  }
}
