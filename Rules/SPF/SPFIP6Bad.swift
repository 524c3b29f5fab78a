import SPF
package import Verdict

extension Rule {
  package static let spfIP6Bad = Rule(
    "spf.ip6-bad",
    "An ip6 term has no proper IPv6 network",
    about: PublishedSPF.self,
    severity: .high,
    why: """
      A malformed address makes the whole record a permanent error. An IPv4-mapped address never \
      matches, because receivers treat such clients as IPv4.
      """,
    fix: "Write the network as RFC 4291 does, with at most /128 behind it; IPv4 belongs into `ip4`.",
    references: [.rfc(7208, "5.6"), .rfc(7208, "5")],
    examples: [
      .flags("not an address", at: ["example.com."], #"@ TXT "v=spf1 ip6:2001:db8::g -all""#),
      .flags("an IPv4 address", at: ["example.com."], #"@ TXT "v=spf1 ip6:192.0.2.1 -all""#),
      .flags(
        "IPv4-mapped", at: ["example.com."], severity: .medium, #"@ TXT "v=spf1 ip6:::ffff:192.0.2.1 -all""#),
      .passes("sound", #"@ TXT "v=spf1 ip6:2001:db8::1 ip6:2001:db8:1::/48 -all""#),
    ]
  ) { published, _ in
    published.faults(expected: "an IPv6 address, or a network such as 2001:db8::/32") { kind in
      if case .badIP6 = kind { true } else { false }
    } + published.remarks(severity: .medium, expected: "an `ip4` term") { $0.kind == .mappedAddress }
      + published.hostBits(of: "ip6")
  }
}
