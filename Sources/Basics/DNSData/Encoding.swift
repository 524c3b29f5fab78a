/// Base 16, 32hex and 64 (RFC 4648), strict: no white space, right padding, no stray bits.
package enum Encoding {
  package static func hex(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package static func decodeHex(_ text: [UInt8]) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    return decode(text, alphabet: hexValues, bits: 4)
  }

  package static func base64(_ octets: [UInt8]) -> String {
    let text = encode(octets, alphabet: base64Alphabet, bits: 6)
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  package static func decodeBase64(_ text: [UInt8]) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    return decode(Array(text.dropLast(padding)), alphabet: base64Values, bits: 6)
  }

  /// Without padding, as NSEC3 uses it (RFC 5155 §3.3).
  package static func base32hex(_ octets: [UInt8]) -> String {
    encode(octets, alphabet: base32Alphabet, bits: 5)
  }

  package static func decodeBase32Hex(_ text: [UInt8]) -> [UInt8]? {
    decode(text.map(\.lowercasedASCII), alphabet: base32Values, bits: 5)
  }

  private static let base64Alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let base32Alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
  private static let base64Values = values(base64Alphabet)
  private static let base32Values = values(base32Alphabet)
  private static let hexValues = values(Array("0123456789abcdef".utf8)).merging(
    values(Array("0123456789ABCDEF".utf8))
  ) { lower, _ in lower }

  private static func values(_ alphabet: [UInt8]) -> [UInt8: UInt32] {
    Dictionary(uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })
  }

  private static func encode(_ octets: [UInt8], alphabet: [UInt8], bits: UInt32) -> String {
    var text: [UInt8] = []
    var buffer: UInt32 = 0
    var held: UInt32 = 0
    for octet in octets {
      buffer = buffer << 8 | UInt32(octet)
      held += 8
      while held >= bits {
        held -= bits
        text.append(alphabet[Int(buffer >> held & (1 << bits - 1))])
      }
      buffer &= 1 << held - 1
    }
    if held > 0 { text.append(alphabet[Int(buffer << (bits - held) & (1 << bits - 1))]) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decode(_ text: [UInt8], alphabet: [UInt8: UInt32], bits: UInt32) -> [UInt8]? {
    var octets: [UInt8] = []
    var buffer: UInt32 = 0
    var held: UInt32 = 0
    for character in text {
      guard let value = alphabet[character] else { return nil }
      buffer = buffer << bits | value
      held += bits
      if held >= 8 {
        held -= 8
        octets.append(UInt8(truncatingIfNeeded: buffer >> held))
      }
      buffer &= 1 << held - 1
    }
    // What is left over must be fewer bits than one character, all zero.
    guard held < bits, buffer == 0 else { return nil }
    return octets
  }
}

extension UInt8 {
  package var isASCIIAlphanumeric: Bool { isASCIIDigit || (0x61...0x7A).contains(self | 0x20) }
}
