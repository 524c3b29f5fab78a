// The arguments of mechanisms (RFC 7208 §5, §12): domain-specs, addresses, prefix
// lengths. Names and qualifiers were read by RecordParser before. What is legal
// but odd is not told here; RecordParser remarks on it.

import DNSData

/// What stands behind the name of a mechanism (RFC 7208 §5, §12): `rest` begins with `:` or `/`, or is empty.
struct MechanismParser {
  private let octets: [UInt8]
  private let rest: Range<Int>
  private let term: Range<Int>

  init(_ octets: [UInt8], _ rest: Range<Int>, term: Range<Int>) {
    self.octets = octets
    self.rest = rest
    self.term = term
  }

  func mechanism(_ kind: SPFMechanism.Kind) -> Parsed<SPFMechanism> {
    switch kind {
    case .all: rest.isEmpty ? .value(.all) : .fault(.unexpectedArgument, rest)
    case .include: requiredDomain.map { .include($0) }
    case .exists: requiredDomain.map { .exists($0) }
    case .ptr: optionalDomain.map { .ptr($0) }
    case .a: hosts { .a($0, $1) }
    case .mx: hosts { .mx($0, $1) }
    case .ip4: network(.v4).map { .ip4($0) }
    case .ip6: network(.v6).map { .ip6($0) }
    }
  }

  private var hasColon: Bool { !rest.isEmpty && octets[rest.lowerBound] == UInt8(ascii: ":") }
  private var argument: Range<Int> { (rest.lowerBound + 1)..<max(rest.upperBound, rest.lowerBound + 1) }

  // MARK: - Domains

  private var requiredDomain: Parsed<SPFDomainSpec> {
    guard hasColon else { return .fault(.missingDomain, rest.isEmpty ? term : rest) }
    let parsed = DomainSpecParser.parse(octets, argument, term: term)
    let prefix = prefixStart(argument)
    guard case .faults = parsed, prefix < argument.upperBound,
      case .value = DomainSpecParser.parse(octets, argument.lowerBound..<prefix, term: term)
    else { return parsed }
    return .fault(.unexpectedPrefixLength, prefix..<argument.upperBound)
  }

  private var optionalDomain: Parsed<SPFDomainSpec?> {
    guard !rest.isEmpty else { return .value(nil) }
    guard hasColon else { return .fault(.unexpectedPrefixLength, rest) }
    return requiredDomain.map { $0 }
  }

  /// A domain-spec may contain slashes and digits but never ends in a slash and digits (§7.1 `domain-end`), so
  /// whatever of these stands at the end is a prefix length.
  private func prefixStart(_ range: Range<Int>) -> Int {
    var start = range.upperBound
    while start > range.lowerBound, octets[start - 1].isASCIIDigit || octets[start - 1] == UInt8(ascii: "/") {
      start -= 1
    }
    return octets[start..<range.upperBound].firstIndex(of: UInt8(ascii: "/")) ?? range.upperBound
  }

  private func hosts(
    _ make: (SPFDomainSpec?, SPFPrefixLengths) -> SPFMechanism
  ) -> Parsed<SPFMechanism> {
    let prefix = prefixStart(rest)
    var faults: [LocatedFault] = []
    var spec: SPFDomainSpec?
    if hasColon {
      switch DomainSpecParser.parse(
        octets, (rest.lowerBound + 1)..<max(prefix, rest.lowerBound + 1), term: term)
      {
      case .value(let value): spec = value
      case .faults(let found): faults += found
      }
    } else if prefix > rest.lowerBound {
      // "a/24x": no colon, so all of it should have been a prefix length.
      return .fault(.badPrefixLength, rest)
    }
    guard let lengths = prefixLengths(octets[prefix..<rest.upperBound]) else {
      faults.append(.init(kind: .badPrefixLength, range: prefix..<rest.upperBound))
      return .faults(faults)
    }
    return faults.isEmpty ? .value(make(spec, lengths)) : .faults(faults)
  }

  // MARK: - Prefix lengths (§5.6)

  /// `[ "/" ip4 ] [ "//" ip6 ]`; nil for anything else.
  private func prefixLengths(_ text: ArraySlice<UInt8>) -> SPFPrefixLengths? {
    // Nothing between the first two slashes: the IPv6 length alone or behind the IPv4 one.
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return text.isEmpty ? .single : nil
    case 2: return length(parts[1], 32).map { SPFPrefixLengths(ip4: $0, ip6: 128) }
    case 3 where parts[1].isEmpty: return length(parts[2], 128).map { SPFPrefixLengths(ip4: 32, ip6: $0) }
    case 4 where parts[2].isEmpty:
      guard let ip4 = length(parts[1], 32), let ip6 = length(parts[3], 128) else { return nil }
      return SPFPrefixLengths(ip4: ip4, ip6: ip6)
    default: return nil
    }
  }

  private func length(_ digits: ArraySlice<UInt8>, _ maximum: Int) -> Int? {
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return value <= maximum ? value : nil
  }

  // MARK: - Addresses (§5.6)

  private func network(_ family: AddressFamily) -> Parsed<IPNetwork> {
    guard hasColon, !argument.isEmpty else { return .fault(.missingAddress, term) }
    // What cannot be part of an address or of its prefix length, such as a comma and the next network.
    let end = octets[argument].firstIndex { !$0.isASCIIAlphanumeric && !":./".utf8.contains($0) }
    if let end {
      guard case .value = network(family, argument.lowerBound..<end) else {
        return .fault(family == .v4 ? .badIP4(.malformed) : .badIP6(.malformed), argument)
      }
      return .fault(.trailingGarbage, end..<argument.upperBound)
    }
    if family == .v4, let colon = octets[argument].firstIndex(of: UInt8(ascii: ":")),
      case .value = network(family, argument.lowerBound..<colon)
    {
      return .fault(.trailingGarbage, colon..<argument.upperBound)
    }
    return network(family, argument)
  }

  private func network(_ family: AddressFamily, _ range: Range<Int>) -> Parsed<IPNetwork> {
    let slash = octets[range].firstIndex(of: UInt8(ascii: "/")) ?? range.upperBound
    let text = octets[range.lowerBound..<slash]
    guard !text.isEmpty else { return .fault(.missingAddress, term) }
    let parsed = IPAddress(String(decoding: text, as: UTF8.self))
    guard let address = parsed, address.family == family else {
      let fault: SPFAddressFault =
        parsed != nil ? .otherFamily : hasLeadingZero(text) ? .leadingZero : .malformed
      return .fault(family == .v4 ? .badIP4(fault) : .badIP6(fault), range.lowerBound..<slash)
    }
    guard slash < range.upperBound else {
      return .value(IPNetwork(address, prefixLength: family.bitWidth), or: .badPrefixLength, range)
    }
    let digits = octets[(slash + 1)..<range.upperBound]
    if let second = digits.firstIndex(of: UInt8(ascii: "/")) {
      return .fault(.unexpectedPrefixLength, second..<range.upperBound)
    }
    let network = length(digits, family.bitWidth).flatMap { IPNetwork(address, prefixLength: $0) }
    return .value(network, or: .badPrefixLength, slash..<range.upperBound)
  }

  private func hasLeadingZero(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
      && parts.contains { $0.count > 1 && $0.first == UInt8(ascii: "0") }
  }
}

extension Parsed {
  fileprivate static func value(_ value: Value?, or kind: SPFFaultKind, _ range: Range<Int>) -> Parsed {
    if let value { .value(value) } else { .fault(kind, range) }
  }
}
