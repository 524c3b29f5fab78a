import DNSData

/// The announcement of a literal at the end of a line: `{5}` (RFC 9051 §4.3, RFC 5804 §1.2), or `{5+}`.
package enum Literal {
  private static let maximumDigits = 10  // RFC 9051 §9, number

  /// How many octets follow behind the line end; nil if the line announces none.
  package static func size(announcedBy line: some BidirectionalCollection<UInt8>) -> Int? {
    guard line.last == UInt8(ascii: "}"), let brace = line.lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    var digits = line[brace...].dropFirst().dropLast()
    if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
    guard (1...maximumDigits).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
