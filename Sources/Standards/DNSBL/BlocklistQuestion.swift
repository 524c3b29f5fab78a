package import DNSData
package import Evidence

// RFC 5782: under which name an entry stands in a list. Only address records are asked: the text records beside them
// are for people, and would double the questions.

extension Blocklist {
  /// An IPv6 list is never asked about an IPv4 address, nor a list of names about any: some answer that with an error.
  package func takes(_ entry: BlocklistEntry) -> Bool {
    switch (kind, entry) {
    case (.ipv4, .address(.v4)), (.ipv6, .address(.v6)), (.addresses, .address), (.names, .name): true
    case (.ipv4, _), (.ipv6, _), (.addresses, _), (.names, _): false
    }
  }

  /// nil if the name would be too long for the DNS: then nobody can ask for it, and it cannot be listed.
  package func question(about entry: BlocklistEntry) -> Question? {
    let labels: [[UInt8]]
    switch entry {
    // RFC 5782 §2.1: octets; §2.4: all 32 nibbles; as in in-addr.arpa and ip6.arpa, whose two labels go.
    case .address(let address): labels = address.reverseName.labels.dropLast(2)
    case .name(let name): labels = name.labels  // RFC 5782 §3
    }
    return (try? Name(labels: labels + zone.labels)).map { Question($0, .a) }
  }
}

extension Blocklist.TestPoints {
  /// Those that every list must have (RFC 5782 §5). One pair vouches for a list of both families.
  package static func standard(for kind: Blocklist.Kind) -> Blocklist.TestPoints {
    switch kind {
    case .ipv4, .addresses: TestPoints(listed: .v4(0x7F00_0002), unlisted: .v4(0x7F00_0001))
    case .ipv6: TestPoints(listed: .v6(0xFFFF_7F00_0002), unlisted: .v6(0xFFFF_7F00_0001))
    case .names: TestPoints(listed: .label("test"), unlisted: .label("invalid"))
    }
  }

  private typealias TestPoints = Blocklist.TestPoints
}

extension BlocklistEntry {
  fileprivate static func v4(_ value: UInt32) -> BlocklistEntry {
    .address(.v4(IPv4Address(rawValue: value)))
  }
  fileprivate static func v6(_ value: UInt128) -> BlocklistEntry {
    .address(.v6(IPv6Address(rawValue: value)))
  }
  /// A constant of this file: always a valid name.
  fileprivate static func label(_ text: String) -> BlocklistEntry { .name((try? Name(text)) ?? .root) }
}
