/// An address for DMARC reports (RFC 9989 §4.6): a URI (RFC 3986 §2, §3) in which `,` and `!` must be
/// encoded.
///
/// Only `mailto:` is looked into (RFC 6068 §2): one address, no lists. Other schemes are legal, and used by
/// nobody.
package import DNSData

package struct ReportURI: Hashable, Sendable {
  package struct Mailbox: Hashable, Sendable {
    /// Percent-encoding undone; any octets.
    package let localPart: [UInt8]
    package let domain: Name
  }

  /// ASCII letters, digits and the punctuation of URIs; without the size.
  package let octets: [UInt8]
  /// In lower case.
  package let scheme: String
  /// Of a `mailto:` URI.
  package let mailbox: Mailbox?
  /// What stands behind `!`: digits and a unit (RFC 7489 §6.4).
  package let size: [UInt8]?

  package init(_ octets: [UInt8]) throws(ReportURIError) {
    let (uri, size) = Self.splitSize(octets)
    guard !uri.isEmpty else { throw .empty }
    guard !uri.contains(UInt8(ascii: "!")) else { throw .rawExclamationMark }
    // URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
    guard let colon = uri.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(uri[..<colon]) else {
      throw .schemeMissing
    }
    try Self.check(uri[(colon + 1)...])
    self.octets = uri
    self.size = size
    scheme = String(decoding: uri[..<colon].map(\.lowercasedASCII), as: UTF8.self)
    guard scheme == "mailto" else {
      mailbox = nil
      return
    }
    guard
      let mailbox = Mailbox(
        path: uri[(colon + 1)...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    else { throw .mailboxInvalid }
    self.mailbox = mailbox
  }

  /// [ "!" 1*DIGIT [ "k" / "m" / "g" / "t" ] ] (RFC 7489 §6.4)
  private static func splitSize(_ octets: [UInt8]) -> ([UInt8], [UInt8]?) {
    guard let mark = octets.lastIndex(of: UInt8(ascii: "!")) else { return (octets, nil) }
    let size = octets[(mark + 1)...]
    let digits = size.prefix(while: \.isASCIIDigit)
    let unit = size.dropFirst(digits.count).map(\.lowercasedASCII)
    guard !digits.isEmpty, unit.isEmpty || (unit.count == 1 && "kmgt".utf8.contains(unit[0])) else {
      return (octets, nil)
    }
    return (Array(octets[..<mark]), Array(size))
  }

  /// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 §3.1)
  private static func isScheme(_ octets: ArraySlice<UInt8>) -> Bool {
    guard let first = octets.first, first.isASCIIAlphanumeric, !first.isASCIIDigit else { return false }
    return octets.allSatisfy { $0.isASCIIAlphanumeric || "+-.".utf8.contains($0) }
  }

  /// unreserved, sub-delims, pct-encoded and the gen-delims (RFC 3986 §2), whatever their place.
  private static func check(_ octets: ArraySlice<UInt8>) throws(ReportURIError) {
    var rest = octets
    while let octet = rest.popFirst() {
      if octet == UInt8(ascii: "%") {
        guard rest.count >= 2, Encoding.decodeHex(Array(rest.prefix(2))) != nil else {
          throw .badPercentEncoding
        }
        rest = rest.dropFirst(2)
      } else {
        guard octet.isASCIIAlphanumeric || "-._~$&'()*+;=:@/?#[]".utf8.contains(octet) else {
          throw .illegalCharacter
        }
      }
    }
  }
}

extension ReportURI: CustomStringConvertible {
  /// Printable ASCII without `;`, `,` and `!`: safe in a record.
  package var description: String { String(decoding: octets, as: UTF8.self) }
}

package enum ReportURIError: Error, Hashable, Sendable, CaseIterable {
  case empty
  case schemeMissing
  case rawExclamationMark
  case badPercentEncoding
  case illegalCharacter
  case mailboxInvalid
}

extension ReportURIError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "There is nothing between two commas of a list of report addresses."
    case .schemeMissing: "A report address does not begin with mailto:."
    case .rawExclamationMark: "A report address has an exclamation mark, which must be written as %21."
    case .badPercentEncoding: "A report address has a percent sign without two hexadecimal digits."
    case .illegalCharacter: "A report address has a character that URIs must not have."
    case .mailboxInvalid: "A report address is not a local part, an at sign and a domain."
    }
  }
}

extension ReportURI.Mailbox {
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
    guard let at = octets.lastIndex(of: UInt8(ascii: "@")), at > 0 else { return nil }
    let domain = Array(octets[(at + 1)...])
    // Address literals are no place for reports: the check of RFC 9990 §4 needs a name.
    guard domain.allSatisfy({ $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }),
      let name = try? Name(octets: domain, origin: .root)
    else { return nil }
    self.localPart = Array(octets[..<at])
    self.domain = name
  }
}
