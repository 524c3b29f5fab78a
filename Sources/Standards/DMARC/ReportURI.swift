/// An address for DMARC reports (RFC 9989 §4.6): a URI in which `,` and `!` must be encoded.
///
/// Only `mailto:` is sent to. Other schemes are legal, and used by nobody.
package import DNSData
package import URISyntax

package struct ReportURI: Hashable, Sendable {
  /// Without the size.
  package let uri: URI
  /// What stands behind `!`: digits and a unit (RFC 7489 §6.4).
  package let size: [UInt8]?

  package init(_ octets: [UInt8]) throws(ReportURIError) {
    let (text, size) = Self.splitSize(octets)
    guard !text.contains(UInt8(ascii: "!")) else { throw .rawExclamationMark }
    guard !text.contains(UInt8(ascii: ",")) else { throw .illegalCharacter }
    do { uri = try URI(text) } catch { throw ReportURIError(error) }
    self.size = size
  }

  package var octets: [UInt8] { uri.octets }
  /// In lower case.
  package var scheme: String { uri.scheme }
  /// Of a `mailto:` URI.
  package var mailbox: URI.Mailbox? { uri.mailbox }
  /// The destination host of RFC 9990 §4 step 1; nil for an address in place of a name.
  package var destinationHost: Name? { uri.hostName }

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
}

extension ReportURI: CustomStringConvertible {
  /// Printable ASCII without `;`, `,` and `!`: safe in a record.
  package var description: String { uri.description }
}

package enum ReportURIError: Error, Hashable, Sendable, CaseIterable {
  case empty
  case schemeMissing
  case rawExclamationMark
  case badPercentEncoding
  case illegalCharacter
  case hostInvalid
  case mailboxInvalid

  fileprivate init(_ error: URIError) {
    self =
      switch error {
      case .empty: .empty
      case .schemeMissing: .schemeMissing
      case .badPercentEncoding: .badPercentEncoding
      case .illegalCharacter: .illegalCharacter
      case .authorityInvalid: .hostInvalid
      case .mailboxInvalid: .mailboxInvalid
      }
  }
}

extension ReportURIError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "There is nothing between two commas of a list of report addresses."
    case .schemeMissing: "A report address does not begin with mailto:."
    case .rawExclamationMark: "A report address has an exclamation mark, which must be written as %21."
    case .badPercentEncoding: "A report address has a percent sign without two hexadecimal digits."
    case .illegalCharacter: "A report address has a character that URIs must not have."
    case .hostInvalid: "The host or the port of a report address cannot be read."
    case .mailboxInvalid: "A report address is not a local part, an at sign and a domain."
    }
  }
}
