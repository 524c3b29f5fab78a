/// An address with a prefix length ("192.0.2.0/24"). Host bits may be set; `contains` ignores them.
package struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  package let prefixLength: Int

  /// nil if `prefixLength` does not fit the family.
  package init?(_ address: IPAddress, prefixLength: Int) {
    guard (0...address.family.bitWidth).contains(prefixLength) else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  /// An address alone is a network of one.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    guard parts.count == 2 else {
      self.init(address, prefixLength: address.family.bitWidth)
      return
    }
    guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(\.isASCIIDigit),
      let length = Int(parts[1])
    else { return nil }
    self.init(address, prefixLength: length)
  }

  package func contains(_ other: IPAddress) -> Bool {
    switch (address, other) {
    case (.v4(let network), .v4(let other)):
      prefixLength == 0 || (network.rawValue ^ other.rawValue) >> UInt32(32 - prefixLength) == 0
    case (.v6(let network), .v6(let other)):
      prefixLength == 0 || (network.rawValue ^ other.rawValue) >> UInt128(128 - prefixLength) == 0
    case (.v4, .v6), (.v6, .v4): false
    }
  }

  package func contains(_ other: IPNetwork) -> Bool {
    prefixLength <= other.prefixLength && contains(other.address)
  }

  package var hasHostBits: Bool {
    switch address {
    case .v4(let address): prefixLength < 32 && address.rawValue << UInt32(prefixLength) != 0
    case .v6(let address): prefixLength < 128 && address.rawValue << UInt128(prefixLength) != 0
    }
  }

  package var description: String {
    prefixLength == address.family.bitWidth ? address.description : "\(address)/\(prefixLength)"
  }
}

/// Blocks that are not for the public Internet (IANA special-purpose registries, RFC 6890, RFC 9637).
package struct SpecialPurpose: Sendable {
  package let network: IPNetwork
  package let name: String

  /// The block that `address` lies in, unless one of `allowed` says that it is meant here. The address inside an
  /// IPv4-mapped, NAT64 or 6to4 address is judged too.
  package static func block(of address: IPAddress, allowed: [IPNetwork] = []) -> SpecialPurpose? {
    guard !allowed.contains(where: { $0.contains(address) }) else { return nil }
    if let block = blocks.first(where: { $0.network.contains(address) }) { return block }
    guard let inner = address.embedded else { return nil }
    return block(of: inner, allowed: allowed)
  }

  private init?(_ network: String, _ name: String) {
    guard let network = IPNetwork(network) else { return nil }
    self.network = network
    self.name = name
  }

  package static let blocks: [SpecialPurpose] = [
    SpecialPurpose("0.0.0.0/8", "\"this network\" (RFC 791)"),
    SpecialPurpose("10.0.0.0/8", "private (RFC 1918)"),
    SpecialPurpose("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
    SpecialPurpose("127.0.0.0/8", "loopback (RFC 1122)"),
    SpecialPurpose("169.254.0.0/16", "link-local (RFC 3927)"),
    SpecialPurpose("172.16.0.0/12", "private (RFC 1918)"),
    SpecialPurpose("192.0.0.0/24", "protocol assignments (RFC 6890)"),
    SpecialPurpose("192.0.2.0/24", "documentation (RFC 5737)"),
    SpecialPurpose("192.168.0.0/16", "private (RFC 1918)"),
    SpecialPurpose("198.18.0.0/15", "benchmarking (RFC 2544)"),
    SpecialPurpose("198.51.100.0/24", "documentation (RFC 5737)"),
    SpecialPurpose("203.0.113.0/24", "documentation (RFC 5737)"),
    SpecialPurpose("224.0.0.0/4", "multicast (RFC 5771)"),
    SpecialPurpose("240.0.0.0/4", "reserved (RFC 1112)"),
    SpecialPurpose("::/128", "unspecified (RFC 4291)"),
    SpecialPurpose("::1/128", "loopback (RFC 4291)"),
    SpecialPurpose("::ffff:0:0/96", "IPv4-mapped (RFC 4291)"),
    SpecialPurpose("64:ff9b:1::/48", "local NAT64 (RFC 8215)"),
    SpecialPurpose("100::/64", "discard-only (RFC 6666)"),
    SpecialPurpose("2001:db8::/32", "documentation (RFC 3849)"),
    SpecialPurpose("3fff::/20", "documentation (RFC 9637)"),
    SpecialPurpose("fc00::/7", "unique local (RFC 4193)"),
    SpecialPurpose("fe80::/10", "link-local (RFC 4291)"),
    SpecialPurpose("ff00::/8", "multicast (RFC 4291)"),
  ].compactMap(\.self)
}

extension IPAddress {
  /// The IPv4 address that a NAT64 (RFC 6052) or 6to4 (RFC 3056) address stands for.
  fileprivate var embedded: IPAddress? {
    guard case .v6(let address) = self else { return nil }
    switch true {
    case address.rawValue >> 32 == 0x0064_ff9b << 64:
      return .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: address.rawValue)))
    case address.rawValue >> 112 == 0x2002:
      return .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: address.rawValue >> 80)))
    default: return nil
    }
  }
}

extension IPNetwork: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let network = IPNetwork(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a network: \(text)"))
    }
    self = network
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
