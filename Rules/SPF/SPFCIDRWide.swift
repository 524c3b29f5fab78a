import DNSData
import SPF
package import Verdict

extension Rule {
  package static let spfCIDRWide = Rule(
    "spf.cidr-wide",
    "The SPF record admits a network that is far too wide",
    about: PublishedSPF.self,
    severity: .high,
    why:
      "Everybody in the network passes SPF, and DMARC with it: whoever rents a machine there can forge the domain.",
    fix: "Name the addresses that send, or the smallest network that holds them.",
    references: [.rfc(7208, "11.4"), .rfc(9989, "7.1")],
    examples: [
      .flags("a /15", at: ["example.com."], #"@ TXT "v=spf1 ip4:198.18.0.0/15 -all""#),
      .flags("everybody", at: ["example.com."], severity: .critical, #"@ TXT "v=spf1 ip4:0.0.0.0/0 -all""#),
      .flags("a /31 of IPv6", at: ["example.com."], #"@ TXT "v=spf1 ip6:2001:db8::/31 -all""#),
      .flags("a wide prefix on a", at: ["example.com."], #"@ TXT "v=spf1 a/8 -all""#),
      .passes("a /16 and a /32", #"@ TXT "v=spf1 ip4:198.51.0.0/16 ip6:2001:db8::/32 -all""#),
      .passes(
        "a provider's own networks",
        #"""
        @ TXT "v=spf1 include:_spf.vendor.example -all"
        _spf.vendor.example. TXT "v=spf1 ip4:40.0.0.0/8 -all"
        """#),
      .passes("a wide network that fails", #"@ TXT "v=spf1 -ip4:0.0.0.0/1 mx -all""#),
    ]
  ) { published, _ in
    published.record.directives.filter { $0.qualifier == .pass }.compactMap { _, mechanism, term in
      guard let width = mechanism.excessiveWidth else { return nil }
      return Fault(
        in: published.answer, severity: width == 0 ? .critical : nil,
        "The term \(foreign: term.text) admits \(width == 0 ? "everybody" : "a network of /\(width)").",
        expected: "at least /16 for IPv4 and /32 for IPv6")
    }
  }
}

extension SPFMechanism {
  /// The prefix length of a network that is too wide.
  fileprivate var excessiveWidth: Int? {
    let shortest = SPFPrefixLengths.shortestSensible
    switch self {
    case .ip4(let network), .ip6(let network): return network.isExcessiveForSPF ? network.prefixLength : nil
    case .a(_, let lengths), .mx(_, let lengths):
      if lengths.ip4 < shortest.ip4 { return lengths.ip4 }
      return lengths.ip6 < shortest.ip6 ? lengths.ip6 : nil
    case .all, .include, .ptr, .exists: return nil
    }
  }
}
