/// An IPv4 or IPv6 address.
package enum IPAddress: Hashable, Sendable {
  case v4(IPv4Address)
  case v6(IPv6Address)

  /// nil unless `text` is a dotted quad or an IPv6 address in RFC 4291 §2.2 form (no zone, no prefix length).
  package init?(_ text: String) {
    if let address = IPv4Address(text) {
      self = .v4(address)
    } else if let address = IPv6Address(text) {
      self = .v6(address)
    } else {
      return nil
    }
  }

  package var family: AddressFamily {
    switch self {
    case .v4: .v4
    case .v6: .v6
    }
  }

  /// 4 or 16 octets in network order.
  package var octets: [UInt8] {
    switch self {
    case .v4(let address): address.octets
    case .v6(let address): address.octets
    }
  }

  /// The name in in-addr.arpa or ip6.arpa (RFC 1035 §3.5, RFC 3596 §2.5).
  package var reverseName: Name {
    let labels: [String]
    switch self {
    case .v4(let address): labels = address.octets.reversed().map(String.init) + ["in-addr", "arpa"]
    case .v6(let address):
      labels = address.nibbles.reversed().map { String($0, radix: 16) } + ["ip6", "arpa"]
    }
    // At most 34 short labels: always a valid name.
    return (try? Name(labels: labels.map { Array($0.utf8) })) ?? .root
  }
}

package enum AddressFamily: Hashable, Sendable, Codable {
  case v4, v6

  package var bitWidth: Int {
    switch self {
    case .v4: 32
    case .v6: 128
    }
  }
}

package struct IPv4Address: Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package init?(octets: some Collection<UInt8>) {
    guard octets.count == 4 else { return nil }
    rawValue = octets.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Exactly four decimal octets without leading zeros (RFC 7208 §5.6 "qnum", RFC 3986 "IPv4address").
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy(\.isASCIIDigit) else { return nil }
      guard part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
      let octet = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
      guard octet <= 255 else { return nil }
      value = value << 8 | octet
    }
    rawValue = value
  }

  package var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * $0)) } }
}

package struct IPv6Address: Hashable, Sendable {
  package let rawValue: UInt128

  package init(rawValue: UInt128) { self.rawValue = rawValue }

  package init?(octets: some Collection<UInt8>) {
    guard octets.count == 16 else { return nil }
    rawValue = octets.reduce(0) { $0 << 8 | UInt128($1) }
  }

  /// RFC 4291 §2.2: groups of hexadecimal digits, one `::`, a dotted quad at the end.
  package init?(_ text: String) {
    var octets = Array(text.utf8)
    if octets.contains(UInt8(ascii: ".")) {
      guard let colon = octets.lastIndex(of: UInt8(ascii: ":")),
        let quad = IPv4Address(String(decoding: octets[(colon + 1)...], as: UTF8.self))
      else { return nil }
      let groups = String(quad.rawValue >> 16, radix: 16) + ":" + String(quad.rawValue & 0xFFFF, radix: 16)
      octets.replaceSubrange((colon + 1)..., with: groups.utf8)
    }
    guard let groups = Self.groups(String(decoding: octets, as: UTF8.self)) else { return nil }
    rawValue = groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func groups(_ text: String) -> [UInt16]? {
    func parse(_ side: Substring) -> [UInt16]? {
      guard !side.isEmpty else { return [] }
      var groups: [UInt16] = []
      for part in side.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isASCIIAlphanumeric),
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
      return groups
    }
    let utf8 = Array(text.utf8)
    guard let gap = utf8.indices.dropLast().first(where: { utf8[$0] == 0x3A && utf8[$0 + 1] == 0x3A }) else {
      guard let groups = parse(text[...]), groups.count == 8 else { return nil }
      return groups
    }
    let before = Substring(decoding: utf8[..<gap], as: UTF8.self)
    let after = Substring(decoding: utf8[(gap + 2)...], as: UTF8.self)
    guard let head = parse(before), let tail = parse(after), head.count + tail.count <= 7 else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  package var octets: [UInt8] { (0..<16).map { UInt8(truncatingIfNeeded: rawValue >> (120 - 8 * $0)) } }
  package var nibbles: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: rawValue >> (124 - 4 * $0)) & 0xF }
  }
}

// MARK: - Text and coding

extension IPAddress: CustomStringConvertible {
  package var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}

extension IPv4Address: CustomStringConvertible {
  package var description: String { octets.map(String.init).joined(separator: ".") }
}

extension IPv6Address: CustomStringConvertible {
  /// RFC 5952: lower case, the longest run of two or more zero groups as `::`, the first of equals.
  package var description: String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: rawValue >> (112 - 16 * $0)) }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, longest.count) { longest = start..<end }
      start = max(end, start + 1)
    }
    func text(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !longest.isEmpty else { return text(groups[...]) }
    return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
  }
}

extension IPAddress: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let address = IPAddress(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an IP address: \(text)"))
    }
    self = address
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension IPAddress: Comparable {
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    switch (left, right) {
    case (.v4(let left), .v4(let right)): left.rawValue < right.rawValue
    case (.v6(let left), .v6(let right)): left.rawValue < right.rawValue
    case (.v4, .v6): true
    case (.v6, .v4): false
    }
  }
}
