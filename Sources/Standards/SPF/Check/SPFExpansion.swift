// The expansion of macros (RFC 7208 §7.2 to §7.4). Their grammar is in
// MacroParser.swift. The validated name of `%{p}` needs look-ups and is found by
// the evaluator before.

import DNSData

/// What macros stand for in one evaluation at one domain, and the expansion (RFC 7208 §7.2, §7.3).
struct SPFExpansion {
  /// The sender with its local part, `postmaster` where there was none (§4.3).
  let localPart: [UInt8]
  let senderDomain: [UInt8]
  /// The domain whose record is evaluated: changes with include and redirect.
  let domain: [UInt8]
  let helo: [UInt8]
  let client: IPAddress
  let receiver: [UInt8]
  let now: Timestamp
  /// Found by look-ups before the expansion; `unknown` where the text does not ask for it.
  let validatedName: [UInt8]

  static let unknown = Array("unknown".utf8)

  /// For texts that hold no other macros than those of the domains.
  init(withoutClientAt domain: [UInt8], senderDomain: [UInt8]) {
    self.init(
      localPart: [], senderDomain: senderDomain, domain: domain, helo: [],
      client: .v4(IPv4Address(rawValue: 0)), receiver: [], now: Timestamp(seconds: 0), validatedName: [])
  }

  init(
    localPart: [UInt8], senderDomain: [UInt8], domain: [UInt8], helo: [UInt8], client: IPAddress,
    receiver: [UInt8], now: Timestamp, validatedName: [UInt8]
  ) {
    self.localPart = localPart
    self.senderDomain = senderDomain
    self.domain = domain
    self.helo = helo
    self.client = client
    self.receiver = receiver
    self.now = now
    self.validatedName = validatedName
  }

  func expand(_ text: SPFMacroString) -> [UInt8] {
    text.pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .literal(let octets): octets
      case .escape(let escape): escape.expansion
      case .macro(let macro): macro.transform(value(macro.letter))
      }
    }
  }

  private func value(_ letter: SPFMacroLetter) -> [UInt8] {
    switch letter {
    case .sender: localPart + Array("@".utf8) + senderDomain
    case .localPart: localPart
    case .senderDomain: senderDomain
    case .domain: domain
    case .address: dottedAddress
    case .validatedName: validatedName
    case .addressFamily: Array((client.family == .v4 ? "in-addr" : "ip6").utf8)
    case .helo: helo
    case .addressText: Array(client.description.utf8)
    case .receiver: receiver
    case .time: Array(String(now.seconds).utf8)
    }
  }

  /// Dotted quad, or 32 nibbles with dots between them; upper case as in the common test suite, which the DNS does
  /// not care about.
  private var dottedAddress: [UInt8] {
    switch client {
    case .v4(let address): Array(address.description.utf8)
    case .v6(let address):
      Array(
        address.nibbles.map { String($0, radix: 16, uppercase: true) }.joined(separator: ".").utf8)
    }
  }
}

extension SPFMacro {
  /// Splits, reverses, keeps the rightmost parts, joins with dots, escapes: in this order (§7.3).
  fileprivate func transform(_ value: [UInt8]) -> [UInt8] {
    let separators = delimiters.isEmpty ? [UInt8(ascii: ".")] : delimiters
    var parts = value.split(omittingEmptySubsequences: false) { separators.contains($0) }
    switch order {
    case .asIs: break
    case .reversed: parts.reverse()
    }
    if let kept { parts = parts.suffix(kept) }
    let joined = Array(parts.joined(separator: [UInt8(ascii: ".")]))
    return switch escaping {
    case .none: joined
    case .url: joined.flatMap(Self.percentEncoded)
    }
  }

  private static let hexDigits = Array("0123456789ABCDEF".utf8)

  /// Everything outside the unreserved set of RFC 3986 §2.3.
  private static func percentEncoded(_ octet: UInt8) -> [UInt8] {
    guard !octet.isASCIIAlphanumeric, !"-._~".utf8.contains(octet) else { return [octet] }
    return [UInt8(ascii: "%"), hexDigits[Int(octet >> 4)], hexDigits[Int(octet & 15)]]
  }
}
