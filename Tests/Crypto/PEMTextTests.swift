import Crypto
import Foundation
import SeededRandom
import Testing

@Suite struct PEMTextTests {
  /// RFC 8410 §10.3.
  private static let privateKey = pem(
    "PRIVATE KEY", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")
  /// RFC 8410 §10.1.
  private static let publicKey = pem(
    "PUBLIC KEY", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")

  private static func pem(_ label: String, _ base64: String) -> String {
    "-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----\n"
  }

  private func key(_ text: String) throws -> [UInt8] { try key(Array(text.utf8)) }

  private func key(_ octets: [UInt8]) throws -> [UInt8] {
    try octets.withUnsafeBytes { try PEMText.publicKey(in: $0) }
  }

  @Test func `a private key gives its public half, and nothing else`() throws {
    #expect(try key(Self.privateKey) == key(Self.publicKey))
    #expect(try PublicKey(der: key(Self.privateKey)).encoding == .subjectPublicKeyInfo)
    #expect(try key("a comment\n" + Self.privateKey + Self.publicKey) == key(Self.publicKey))
  }

  @Test func `what is no key says so`() {
    #expect(throws: PEMError.noKey) { try key("") }
    #expect(throws: PEMError.noKey) { try key(Self.pem("CERTIFICATE", "AAAA")) }
    #expect(throws: PEMError.unreadable) { try key(Self.pem("PRIVATE KEY", "AAAA")) }
    #expect(throws: PEMError.unreadable) { try key(Self.pem("PRIVATE KEY", "")) }
    #expect(throws: PEMError.encrypted) { try key(Self.pem("ENCRYPTED PRIVATE KEY", "AAAA")) }
    #expect(throws: PEMError.encrypted) {
      try key(Self.pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA"))
    }
    #expect(throws: PEMError.tooLarge) { try key([UInt8](repeating: 0x20, count: PEMText.maximumOctets + 1)) }
  }

  @Test func `certificates without an end, keys in their place`() {
    for text in ["", Self.publicKey, Self.pem("CERTIFICATE", "AAAA"), "-----BEGIN CERTIFICATE-----\n"] {
      #expect(throws: PEMError.self) {
        try Array(text.utf8).withUnsafeBytes { try PEMText.certificateKey(in: $0) }
      }
    }
  }

  @Test func `altered octets are read or refused`() {
    var random = SeededGenerator()
    for original in [Self.privateKey, Self.publicKey] {
      for _ in 0..<500 {
        var octets = Array(original.utf8)
        for _ in 0...Int.random(in: 0...3, using: &random) {
          octets[Int.random(in: octets.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        _ = try? key(Array(octets.prefix(Int.random(in: 0...octets.count, using: &random))))
      }
    }
  }
}
