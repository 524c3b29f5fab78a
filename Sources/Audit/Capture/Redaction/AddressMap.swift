import DNSData

/// Addresses in place of others, at random and one for one: addresses that share a prefix of some length share one of
/// that length afterwards, so that networks still hold what they held (the principle of Crypto-PAn). Special-purpose
/// blocks stay where they are: what an address is good for is part of the verdict, and they identify nobody. What is
/// mapped into the block of IPv4-mapped addresses is an IPv4 address like any other.
struct AddressMap {
  private struct Node: Hashable {
    let family: AddressFamily
    let bits: UInt128
    let length: Int
  }

  private var generator: any RandomNumberGenerator
  /// Whether the bit behind a prefix is turned round.
  private var turns: [Node: Bool] = [:]

  init(_ generator: any RandomNumberGenerator) { self.generator = generator }

  mutating func address(_ address: IPAddress) -> IPAddress {
    switch address {
    case .v4(let address):
      .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: map(UInt128(address.rawValue), .v4))))
    case .v6(let address) where address.rawValue >> 32 == 0xFFFF:
      .v6(IPv6Address(rawValue: 0xFFFF << 32 | map(address.rawValue & 0xFFFF_FFFF, .v4)))
    case .v6(let address): .v6(IPv6Address(rawValue: map(address.rawValue, .v6)))
    }
  }

  /// Host bits stay zero where they are.
  mutating func network(_ network: IPNetwork) -> IPNetwork {
    let address = address(network.address)
    let kept = network.hasHostBits ? address : address.prefix(network.prefixLength)
    return IPNetwork(kept, prefixLength: network.prefixLength) ?? network
  }

  private mutating func map(_ value: UInt128, _ family: AddressFamily) -> UInt128 {
    let width = family.bitWidth
    var result: UInt128 = 0
    for length in 0..<width {
      let bit = (value >> UInt128(width - 1 - length)) & 1
      let node = Node(
        family: family, bits: length == 0 ? 0 : value >> UInt128(width - length), length: length)
      result = result << 1 | (isTurned(node) ? bit ^ 1 : bit)
    }
    return result
  }

  private mutating func isTurned(_ node: Node) -> Bool {
    if let known = turns[node] { return known }
    let isTurned = Self.holdsSpecialPurpose(node) ? false : Bool.random(using: &generator)
    turns[node] = isTurned
    return isTurned
  }

  /// A node whose halves both hold none can be turned; one that lies in a block, or holds one, cannot.
  private static func holdsSpecialPurpose(_ node: Node) -> Bool {
    let shift = UInt128(node.family.bitWidth - node.length)
    let bits = node.length == 0 ? 0 : node.bits << shift
    let address: IPAddress =
      switch node.family {
      case .v4: .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: bits)))
      case .v6: .v6(IPv6Address(rawValue: bits))
      }
    guard let network = IPNetwork(address, prefixLength: node.length) else { return true }
    return SpecialPurpose.blocks.contains {
      $0.network.address.family == node.family
        && ($0.network.contains(network) || network.contains($0.network))
    }
  }
}

extension IPAddress {
  /// With all bits behind so many zero.
  fileprivate func prefix(_ length: Int) -> IPAddress {
    switch self {
    case .v4(let address): .v4(IPv4Address(rawValue: address.rawValue & ~(UInt32.max >> UInt32(length))))
    case .v6(let address): .v6(IPv6Address(rawValue: address.rawValue & ~(UInt128.max >> UInt128(length))))
    }
  }
}
