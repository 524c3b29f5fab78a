/// A URI as records hold it (RFC 3986 §3): its scheme, and where it leads if that is a host or a mailbox.
///
/// Of `mailto:` the first address is read (RFC 6068 §2). References without a scheme are none, and
/// nothing is resolved or normalised: what is fetched is `octets`.
package import DNSData

package struct URI: Hashable, Sendable {
  package struct Mailbox: Hashable, Sendable {
    /// Percent-encoding undone; any octets.
    package let localPart: [UInt8]
    package let domain: Name

    package init(localPart: [UInt8], domain: Name) {
      self.localPart = localPart
      self.domain = domain
    }
  }

  /// What stands between `//` and the path (RFC 3986 §3.2).
  package struct Authority: Hashable, Sendable {
    package enum UserInfo: Hashable, Sendable {
      case present
      case absent
    }

    package enum Host: Hashable, Sendable {
      case name(Name)
      case address(IPAddress)
      /// Empty, or nothing that the DNS could hold.
      case unnamed
    }

    package let userInfo: UserInfo
    package let host: Host
    /// nil for the scheme's own.
    package let port: UInt16?
  }

  /// ASCII letters, digits and the punctuation of URIs.
  package let octets: [UInt8]
  /// In lower case.
  package let scheme: String
  /// Of `scheme://…`.
  package let authority: Authority?
  /// Of `mailto:`.
  package let mailbox: Mailbox?

  package init(_ octets: [UInt8]) throws(URIError) {
    guard !octets.isEmpty else { throw .empty }
    // URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
    guard let colon = octets.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(octets[..<colon]) else {
      throw .schemeMissing
    }
    let rest = octets[(colon + 1)...]
    try Self.check(rest)
    self.octets = octets
    scheme = String(decoding: octets[..<colon].map(\.lowercasedASCII), as: UTF8.self)
    if rest.starts(with: "//".utf8) {
      guard let authority = Authority(rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }) else {
        throw .authorityInvalid
      }
      self.authority = authority
    } else {
      authority = nil
    }
    guard scheme == "mailto" else {
      mailbox = nil
      return
    }
    guard let mailbox = Mailbox(path: rest.prefix { !",?#".utf8.contains($0) }) else { throw .mailboxInvalid }
    self.mailbox = mailbox
  }

  /// The name that the URI leads to: a host's, or that of a mailbox.
  package var hostName: Name? {
    if let mailbox { return mailbox.domain }
    guard case .name(let name) = authority?.host else { return nil }
    return name
  }

  /// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 §3.1)
  private static func isScheme(_ octets: ArraySlice<UInt8>) -> Bool {
    guard let first = octets.first, first.isASCIIAlphanumeric, !first.isASCIIDigit else { return false }
    return octets.allSatisfy { $0.isASCIIAlphanumeric || "+-.".utf8.contains($0) }
  }

  /// unreserved, sub-delims, pct-encoded and the gen-delims (RFC 3986 §2), whatever their place.
  private static func check(_ octets: ArraySlice<UInt8>) throws(URIError) {
    var rest = octets
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "%") {
        guard rest.count >= 2, Encoding.decodeHex(Array(rest.prefix(2))) != nil else {
          throw .badPercentEncoding
        }
        rest = rest.dropFirst(2)
      } else {
        guard octet.isASCIIAlphanumeric || "-._~!$&'()*+,;=:@/?#[]".utf8.contains(octet) else {
          throw .illegalCharacter
        }
      }
    }
  }
}

extension URI: CustomStringConvertible {
  /// Printable ASCII; a record's grammar may forbid `,`, `;` and `!` all the same.
  package var description: String { String(decoding: octets, as: UTF8.self) }
}

package enum URIError: Error, Hashable, Sendable, CaseIterable {
  case empty
  case schemeMissing
  case badPercentEncoding
  case illegalCharacter
  case authorityInvalid
  case mailboxInvalid
}

extension URIError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "An address is empty."
    case .schemeMissing: "An address does not begin with a scheme like https: or mailto:."
    case .badPercentEncoding: "An address has a percent sign without two hexadecimal digits."
    case .illegalCharacter: "An address has a character that URIs must not have."
    case .authorityInvalid: "The host or the port of an address cannot be read."
    case .mailboxInvalid: "A mail address is not a local part, an at sign and a domain."
    }
  }
}

// MARK: - Host and mailbox

extension URI.Authority {
  /// authority = [ userinfo "@" ] host [ ":" port ] (RFC 3986 §3.2)
  fileprivate init?(_ octets: ArraySlice<UInt8>) {
    var rest = octets
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      rest = rest[(at + 1)...]
      userInfo = .present
    } else {
      userInfo = .absent
    }
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let literal = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
      host = IPv6Address(literal).map { .address(.v6($0)) } ?? .unnamed
      rest = rest[(end + 1)...]
    } else {
      host = Self.host(rest.prefix { $0 != UInt8(ascii: ":") })
      rest = rest.drop { $0 != UInt8(ascii: ":") }
    }
    // port = *DIGIT (RFC 3986 §3.2.3)
    guard rest.count > 1 else {
      guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
      port = nil
      return
    }
    guard rest.first == UInt8(ascii: ":"), rest.dropFirst().allSatisfy(\.isASCIIDigit),
      let number = UInt16(String(decoding: rest.dropFirst(), as: UTF8.self))
    else { return nil }
    port = number
  }

  private static func host(_ octets: ArraySlice<UInt8>) -> Host {
    if let address = IPv4Address(String(decoding: octets, as: UTF8.self)) { return .address(.v4(address)) }
    return Name(hostOctets: octets).map { .name($0) } ?? .unnamed
  }
}

extension URI.Mailbox {
  /// The path of a `mailto:` URI, its percent-encoding sound.
  fileprivate init?(path: ArraySlice<UInt8>) {
    var octets: [UInt8] = []
    var rest = path
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "%"), let decoded = Encoding.decodeHex(Array(rest.prefix(2))) {
        octets += decoded
        rest = rest.dropFirst(2)
      } else {
        octets.append(octet)
      }
    }
    guard let at = octets.lastIndex(of: UInt8(ascii: "@")), at > 0,
      let domain = Name(hostOctets: octets[(at + 1)...])
    else { return nil }
    self.init(localPart: Array(octets[..<at]), domain: domain)
  }
}

extension Name {
  /// Without escapes and address literals; nil for anything that is no plain name.
  fileprivate init?(hostOctets octets: ArraySlice<UInt8>) {
    guard octets.allSatisfy({ $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }),
      let name = try? Name(octets: Array(octets), origin: .root), !name.isRoot
    else { return nil }
    self = name
  }
}
