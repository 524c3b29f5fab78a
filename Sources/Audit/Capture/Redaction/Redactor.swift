package import DNSData
package import Evidence

/// Puts other addresses and local parts in place of those of a capture, the same for the same throughout, so that it
/// can be shown to strangers and still gives the same findings. Names and certificates stay: they are public.
package struct Redactor {
  private var addresses: AddressMap
  /// Those that stand in the capture as addresses: what in names and labels is meant for one of them.
  private let known: Set<IPAddress>
  private var localParts: [[UInt8]: [UInt8]] = [:]

  package init(_ snapshots: [Snapshot], _ generator: any RandomNumberGenerator) {
    addresses = AddressMap(generator)
    known = Set(snapshots.flatMap(\.addresses))
  }

  package mutating func address(_ address: IPAddress) -> IPAddress { addresses.address(address) }
  package mutating func network(_ network: IPNetwork) -> IPNetwork { addresses.network(network) }

  // MARK: - Local parts

  /// Of RFC 2142: they name a task and no person.
  private static let tasks = ["postmaster", "hostmaster", "webmaster", "abuse", "noc", "security"]

  mutating func localPart(_ octets: [UInt8]) -> [UInt8] {
    let key = octets.map(\.lowercasedASCII)
    if Self.tasks.contains(where: { key == Array($0.utf8) }) { return octets }
    if let known = localParts[key] { return known }
    let made = Array("user\(localParts.count + 1)".utf8)
    localParts[key] = made
    return made
  }

  // MARK: - Names

  mutating func name(_ name: Name) -> Name {
    var labels = name.labels
    if name.isAtOrBelow(.reverseOfIPv4) {
      labels.replaceReverse(before: 2, atMost: 4, radix: 10) { addresses.network($0) }
    } else if name.isAtOrBelow(.reverseOfIPv6) {
      labels.replaceReverse(before: 2, atMost: 32, radix: 16) { addresses.network($0) }
    } else {
      replaceQuads(in: &labels)
      replaceNibbles(in: &labels)
      labels = labels.map { label($0) }
    }
    // Longer only if the name was as long as names get.
    return (try? Name(labels: labels)) ?? .root
  }

  /// `static.4.3.2.1.example.net`, and what is asked of a blocklist: `4.3.2.1.list.example`.
  private mutating func replaceQuads(in labels: inout [[UInt8]]) {
    for start in labels.indices where start + 4 <= labels.count {
      let quad = labels[start..<(start + 4)].map { String(decoding: $0, as: UTF8.self) }
      guard let forward = IPv4Address(quad.joined(separator: ".")),
        let backward = IPv4Address(quad.reversed().joined(separator: "."))
      else { continue }
      let isForward = known.contains(.v4(forward)) && !known.contains(.v4(backward))
      guard isForward || start == 0 || known.contains(.v4(backward)) else { continue }
      let octets = addresses.address(.v4(isForward ? forward : backward)).octets
      let texts = octets.map { Array(String($0).utf8) }
      labels.replaceSubrange(start..<(start + 4), with: isForward ? texts : texts.reversed())
      return
    }
  }

  private mutating func replaceNibbles(in labels: inout [[UInt8]]) {
    let nibbles = labels.prefix(32).compactMap { label in
      label.count == 1 ? UInt8(String(decoding: label, as: UTF8.self), radix: 16) : nil
    }
    guard nibbles.count == 32 else { return }
    let value = nibbles.reversed().reduce(UInt128(0)) { $0 << 4 | UInt128($1) }
    guard case .v6(let mapped) = addresses.address(.v6(IPv6Address(rawValue: value))) else { return }
    labels.replaceSubrange(0..<32, with: mapped.nibbles.reversed().map { Array(String($0, radix: 16).utf8) })
  }

  /// `ip-192-0-2-1`, if that is one of the addresses, in whichever direction.
  mutating func label(_ label: [UInt8]) -> [UInt8] {
    var parts = label.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { Array($0) }
    for start in parts.indices where start + 4 <= parts.count {
      let quad = parts[start..<(start + 4)].map { String(decoding: $0, as: UTF8.self) }
      for (texts, isForward) in [(quad, true), (quad.reversed(), false)] {
        guard let address = IPv4Address(texts.joined(separator: ".")), known.contains(.v4(address)) else {
          continue
        }
        let octets = addresses.address(.v4(address)).octets.map { Array(String($0).utf8) }
        parts.replaceSubrange(start..<(start + 4), with: isForward ? octets : octets.reversed())
        return Array(parts.joined(separator: [UInt8(ascii: "-")]))
      }
    }
    return label
  }

  /// A mail address in a record: its first label is the local part (RFC 1035 §8).
  mutating func mailbox(_ name: Name) -> Name {
    guard let first = name.labels.first else { return name }
    let rest = name.labels.dropFirst()
    return (try? Name(labels: [localPart(first)] + rest)) ?? .root
  }
}

extension Name {
  fileprivate static let reverseOfIPv4 = IPAddress.v4(IPv4Address(rawValue: 0)).reverseName.ancestor(
    labelCount: 2)
  fileprivate static let reverseOfIPv6 = IPAddress.v6(IPv6Address(rawValue: 0)).reverseName.ancestor(
    labelCount: 2)
}

extension [[UInt8]] {
  /// The digits of a reverse name, up to where something else stands (RFC 2317), as the network they say.
  fileprivate mutating func replaceReverse(
    before suffix: Int, atMost limit: Int, radix: Int, _ map: (IPNetwork) -> IPNetwork
  ) {
    let width = radix == 10 ? 8 : 4
    var digits: [UInt8] = []
    for label in dropLast(suffix).reversed().prefix(limit) {
      let text = String(decoding: label, as: UTF8.self)
      guard let digit = UInt8(text, radix: radix), Int(digit) < 1 << width,
        String(digit, radix: radix) == text
      else { break }
      digits.append(digit)
    }
    let bits = limit * width
    let value =
      digits.reduce(UInt128(0)) { $0 << UInt128(width) | UInt128($1) }
      << UInt128(bits - digits.count * width)
    let address: IPAddress =
      radix == 10
      ? .v4(IPv4Address(rawValue: UInt32(truncatingIfNeeded: value))) : .v6(IPv6Address(rawValue: value))
    guard !digits.isEmpty, let network = IPNetwork(address, prefixLength: digits.count * width) else {
      return
    }
    let octets = map(network).address.octets
    let mapped = radix == 10 ? octets : octets.flatMap { [$0 >> 4, $0 & 0xF] }
    let end = count - suffix
    replaceSubrange(
      (end - digits.count)..<end,
      with: mapped.prefix(digits.count).reversed().map { [UInt8](String($0, radix: radix).utf8) })
  }
}
