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
      .flags("IPv4-mapped", at: ["example.com."], severity: .medium, #"@ TXT "v=spf1 ip6:::ffff:192.0.2.1 -all""#),
      .passes("sound", #"@ TXT "v=spf1 ip6:2001:db8::1 ip6:2001:db8:1::/48 -all""#),
    ]
  ) { published, _ in
    let mapped = published.record.remarks.filter { $0.kind == .mappedAddress }.map { remark in
      Fault(
        in: published.answer, severity: .medium,
        "An `ip6` term has an IPv4-mapped address, which never matches (at octet \(remark.range.lowerBound + 1)).",
        expected: "an `ip4` term")
    }
    return published.faults(expected: "an IPv6 address, or a network such as 2001:db8::/32") { fault in
      guard case .badIP6(let problem) = fault.kind else { return nil }
      return switch problem {
      case .otherFamily: "An `ip6` term has an IPv4 address"
      case .leadingZero, .malformed: "An `ip6` term has no IPv6 address"
      }
    } + mapped + published.hostBits(in: .v6)
  }
}
