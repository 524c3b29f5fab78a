/// A pattern for MX hosts in an MTA-STS policy: a host name, or `*.` and a domain (RFC 8461 §3.2, §4.1).
package import DNSData

package enum MTASTSPattern: Hashable, Sendable {
  case host(Name)
  /// `*.` in front: exactly one label more (RFC 8461 §4.1).
  case wildcard(below: Name)

  /// The value of one `mx` line, without white space around it.
  package init(_ octets: [UInt8]) throws(MTASTSPatternError) {
    try Self.checkShape(octets)
    let isWildcard = octets.starts(with: "*.".utf8)
    let labels = octets.dropFirst(isWildcard ? 2 : 0)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.allSatisfy(Self.isLabel) else { throw .labelInvalid }
    guard let name = try? Name(labels: labels.map { Array($0) }) else { throw .nameTooLong }
    self = isWildcard ? .wildcard(below: name) : .host(name)
  }

  package func matches(_ name: Name) -> Bool {
    switch self {
    case .host(let host): host == name
    case .wildcard(let domain): name.parent == domain
    }
  }

  /// What people write instead of a pattern, told before the grammar would only say that it is none.
  private static func checkShape(_ octets: [UInt8]) throws(MTASTSPatternError) {
    guard !octets.isEmpty else { throw .empty }
    guard octets.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
    guard !octets.contains(where: { " \t,;".utf8.contains($0) }) else { throw .list }
    guard !isAddress(octets) else { throw .address }
    let rest = octets.drop { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") }
    guard !rest.isEmpty else { throw .wildcardAlone }
    guard octets.first != UInt8(ascii: ".") else { throw .leadingDot }
    guard octets.last != UInt8(ascii: ".") else { throw .trailingDot }
    let afterWildcard = octets.dropFirst(octets.starts(with: "*.".utf8) ? 2 : 0)
    guard !afterWildcard.contains(UInt8(ascii: "*")) else { throw .wildcardMisplaced }
  }

  private static func isAddress(_ octets: [UInt8]) -> Bool {
    var rest = octets[...]
    if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst() }
    if rest.last == UInt8(ascii: "]") { rest = rest.dropLast() }
    if rest.map(\.lowercasedASCII).starts(with: "ipv6:".utf8) { rest = rest.dropFirst(5) }
    return IPAddress(String(decoding: rest, as: UTF8.self)) != nil
  }

  /// sub-domain = Let-dig [Ldh-str] (RFC 5321 §4.1.2)
  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= Name.maximumLabelLength else {
      return false
    }
    return first.isASCIIAlphanumeric && last.isASCIIAlphanumeric
      && label.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
  }
}

extension MTASTSPattern: CustomStringConvertible {
  package var description: String {
    switch self {
    case .host(let name): name.display
    case .wildcard(let domain): "*.\(domain.display)"
    }
  }
}

package enum MTASTSPatternError: Error, Hashable, Sendable, CaseIterable {
  case empty
  case notASCII
  case list
  case address
  case wildcardAlone
  case leadingDot
  case trailingDot
  case wildcardMisplaced
  case labelInvalid
  case nameTooLong
}

extension MTASTSPatternError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "An mx line names no host."
    case .notASCII: "An mx pattern has characters outside ASCII; it must be written in A-labels (xn--)."
    case .list: "An mx line names more than one host; each needs a line of its own."
    case .address: "An mx pattern is an address; it must be the name of a host."
    case .wildcardAlone: "An mx pattern has no domain behind its wildcard."
    case .leadingDot: "An mx pattern begins with a dot; one for subdomains begins with “*.”."
    case .trailingDot: "An mx pattern ends with a dot, which no host name there may have."
    case .wildcardMisplaced: "The “*” of an mx pattern is not its whole first label."
    case .labelInvalid: "An mx pattern has a label that is none of a host name."
    case .nameTooLong: "An mx pattern is longer than any domain name."
    }
  }
}
