import DNSData

/// Octets that a stranger sent, a certificate or a document say; in base 64 where they are stored.
package struct ForeignOctets: Hashable, Sendable {
  package let octets: [UInt8]

  package init(_ octets: [UInt8]) { self.octets = octets }
}

extension ForeignOctets: Codable {
  package init(from decoder: any Decoder) throws {
    guard let octets = Encoding.decodeBase64(Array(try String(from: decoder).utf8)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not base 64"))
    }
    self.octets = octets
  }

  package func encode(to encoder: any Encoder) throws { try Encoding.base64(octets).encode(to: encoder) }
}
