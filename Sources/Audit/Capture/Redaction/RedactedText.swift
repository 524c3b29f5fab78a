import DNSData

// Addresses, networks, local parts and host names with an address in them, wherever they stand in text.

extension Redactor {
  mutating func text(_ text: String) -> String {
    String(decoding: self.text(Array(text.utf8)), as: UTF8.self)
  }

  mutating func text(_ octets: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < octets.count {
      let end = octets[index...].firstIndex { !$0.isInWord } ?? octets.count
      if end == index {
        result.append(octets[index])
        index += 1
      } else if octets.isAddressSign(at: end) {
        // What stands in front of it: `mailto:`.
        let start = octets[index..<end].lastIndex { [UInt8(ascii: ":"), UInt8(ascii: "/")].contains($0) }
        let first = start.map { $0 + 1 } ?? index
        result += octets[index..<first] + localPart(Array(octets[first..<end]))
        index = end
      } else {
        result += word(octets[index..<end])
        index = end
      }
    }
    return result
  }

  /// `192.0.2.0/24`, `ip6:2001:db8::/32`, `https://list.example/ip/192.0.2.1`, `'192.0.2.1'`, `192.0.2.1:25`.
  private mutating func word(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = word
    for index in word.indices where index >= rest.startIndex {
      guard index == word.startIndex || word[index - 1].isMark,
        let (network, end) = Self.network(at: index, in: word)
      else { continue }
      let length = word[index..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
      result += names(rest[..<index]) + Array("\(self.network(network).address)".utf8) + word[length..<end]
      rest = word[end...]
    }
    return result + names(rest)
  }

  /// The longest that is an address or a network, up to a mark or the end, and where it ends.
  private static func network(at start: Int, in word: ArraySlice<UInt8>) -> (IPNetwork, end: Int)? {
    guard word[start].isASCIIAlphanumeric || word[start] == UInt8(ascii: ":") else { return nil }
    let reach = word[start...].prefix(longestNetwork)
    guard reach.prefix(5).contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) else {
      return nil
    }
    let colons = reach.indices.filter { word[$0] == UInt8(ascii: ":") }
    let limit = colons.count > mostColons ? colons[mostColons] : reach.endIndex
    for end in stride(from: limit, to: start, by: -1) where word.isEnd(end) {
      if let network = IPNetwork(String(decoding: word[start..<end], as: UTF8.self)) { return (network, end) }
    }
    return nil
  }

  /// An IPv6 address that ends in a dotted quad, and a length of three digits.
  private static let longestNetwork = 49  // octets
  /// Eight groups, the last of them left out.
  private static let mostColons = 8

  private mutating func names(_ octets: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var start = octets.startIndex
    for index in octets.indices where octets[index].isMark && !octets[index].isInName {
      result += name(Array(octets[start..<index])) + [octets[index]]
      start = index + 1
    }
    return result + name(Array(octets[start...]))
  }

  private mutating func name(_ octets: [UInt8]) -> [UInt8] {
    guard octets.contains(UInt8(ascii: ".")) else { return label(octets) }
    guard let name = try? Name(octets: octets, origin: .root) else { return octets }
    let mapped = self.name(name)
    return mapped == name ? octets : Array(mapped.display.utf8)
  }
}

extension Array<UInt8> {
  fileprivate func isAddressSign(at index: Int) -> Bool {
    guard index + 1 < count, self[index] == UInt8(ascii: "@") else { return false }
    return self[index + 1].isASCIIAlphanumeric || self[index + 1] == UInt8(ascii: "[")
  }
}

extension ArraySlice<UInt8> {
  /// Whether an address that stands before `index` would be over there; a full stop may end a sentence.
  fileprivate func isEnd(_ index: Int) -> Bool {
    guard index < endIndex else { return true }
    guard self[index] == UInt8(ascii: ".") else { return self[index].isMark }
    return index + 1 == endIndex || self[index + 1].isMark || self[index + 1] == UInt8(ascii: ".")
  }
}

extension UInt8 {
  /// Of addresses, networks, local parts (RFC 6531, percent-encoded too) and names.
  fileprivate var isInWord: Bool {
    isASCIIAlphanumeric || isMark || self == UInt8(ascii: ".")
  }

  /// What an address can stand next to within a word.
  fileprivate var isMark: Bool {
    self >= 0x80 || [0x25, 0x27, 0x2B, 0x2F, 0x3A].contains(self) || isInName  // % ' + / :
  }

  fileprivate var isInName: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
