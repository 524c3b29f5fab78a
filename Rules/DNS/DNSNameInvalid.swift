import DNSData
package import Verdict

extension Rule {
  package static let dnsNameInvalid = Rule(
    "dns.name-invalid",
    "A host has a name that no host may have",
    about: NamedHost.self,
    severity: .medium,
    why: "Servers and libraries refuse names with other characters than letters, digits and hyphens.",
    fix: "Give the host another name, and use that in the record.",
    references: [.rfc(1123, "2.1"), .rfc(952, "1"), .rfc(5890, "2.3.1")],
    examples: [
      .flags("an underscore", at: ["example.com."], "@ MX 10 mail_1\nmail_1 A 192.0.2.1"),
      .flags("a hyphen at the end", at: ["example.com."], "@ MX 10 mail-\nmail- A 192.0.2.1"),
      .flags(
        "hyphens where only xn-- has them", at: ["example.com."], severity: .low,
        "@ MX 10 mx--1\nmx--1 A 192.0.2.1"),
      .passes("letters, digits and hyphens", "@ MX 10 mx-1\nmx-1 A 192.0.2.1"),
      .passes("an internationalised name", "@ MX 10 xn--bcher-kva\nxn--bcher-kva A 192.0.2.1"),
      .passes(
        "names of services have underscores", "@ MX 10 mail\nmail A 192.0.2.1\n_imaps._tcp SRV 0 1 993 mail"),
    ]
  ) { named, _ in
    let labels = named.host.labels
    let isReserved = labels.contains(where: \.isReserved)
    guard isReserved || !labels.allSatisfy(\.isHostLabel) else { return [] }
    let isMinor = labels.allSatisfy(\.isHostLabel)
    return [
      Fault(
        in: named.answer, severity: isMinor ? .low : nil,
        isMinor
          ? "\(named.host) has hyphens in third and fourth place, which is reserved for names in other scripts."
          : "\(named.host) is no name for a host: labels are letters, digits and hyphens in between.")
    ]
  }
}

extension [UInt8] {
  fileprivate var isHostLabel: Bool {
    let hyphen = UInt8(ascii: "-")
    return allSatisfy { $0.isASCIIDigit || $0 == hyphen || (0x61...0x7A).contains($0) } && first != hyphen
      && last != hyphen
  }

  /// R-LDH labels that are no A-labels (RFC 5890 §2.3.1).
  fileprivate var isReserved: Bool {
    dropFirst(2).starts(with: "--".utf8) && !starts(with: "xn".utf8)
  }
}
