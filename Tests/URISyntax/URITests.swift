import DNSData
import SeededRandom
import Testing

@testable import URISyntax

@Suite struct URITests {
  @Test(
    "Host, port and mailbox are read, whatever stands around them",
    arguments: [
      ("https://reporting.example.com/v1/tlsrpt", "https", "reporting.example.com", nil),
      ("HTTPS://user@Example.COM:8443/?a=b#c", "https", "example.com", 8443),
      ("https://example.com:/", "https", "example.com", nil),
      ("https://example.com", "https", "example.com", nil),
      ("mailto:reports@example.com", "mailto", "example.com", nil),
      ("mailto:a%40b%2C@example.com?subject=x@y", "mailto", "example.com", nil),
      ("mailto:a@example.com,b@example.net", "mailto", "example.com", nil),
      ("https://192.0.2.1/", "https", nil, nil), ("https://[2001:db8::1]:443/", "https", nil, 443),
      ("https:///path", "https", nil, nil), ("tel:+1-201-555-0123", "tel", nil, nil),
      ("urn:example:a", "urn", nil, nil),
    ] as [(String, String, String?, UInt16?)])
  func sound(text: String, scheme: String, host: String?, port: UInt16?) throws {
    let uri = try URI(Array(text.utf8))
    #expect(uri.scheme == scheme)
    #expect(uri.hostName?.display == host)
    #expect(uri.authority?.port == port)
    #expect(uri.description == text)
  }

  @Test("Addresses are told from names, user information is noticed")
  func authority() throws {
    #expect(
      try URI(Array("https://192.0.2.1/".utf8)).authority?.host == IPAddress("192.0.2.1").map { .address($0) }
    )
    #expect(try URI(Array("https://[::1]/".utf8)).authority?.host == IPAddress("::1").map { .address($0) })
    #expect(try URI(Array("https:///x".utf8)).authority?.host == .unnamed)
    #expect(try URI(Array("https://a@b.example/".utf8)).authority?.userInfo == .present)
    #expect(try URI(Array("https://b.example/a@c".utf8)).authority?.userInfo == .absent)
    #expect(try URI(Array("mailto:a%40b@c.example".utf8)).mailbox?.localPart == Array("a@b".utf8))
  }

  @Test(
    "Every error has its text",
    arguments: [
      ("", .empty), ("example.com", .schemeMissing), ("//example.com/", .schemeMissing),
      ("1a:b", .schemeMissing), ("https://example.com/%4", .badPercentEncoding),
      ("https://example.com/%zz", .badPercentEncoding), ("https://example.com/a b", .illegalCharacter),
      ("https://exämple.com/", .illegalCharacter), ("https://example.com/\u{0}", .illegalCharacter),
      ("https://example.com:70000/", .authorityInvalid), ("https://example.com:4x/", .authorityInvalid),
      ("https://[::1/", .authorityInvalid), ("https://[::1]x/", .authorityInvalid),
      ("mailto:example.com", .mailboxInvalid), ("mailto:@example.com", .mailboxInvalid),
      ("mailto:a@", .mailboxInvalid), ("mailto:a@.", .mailboxInvalid),
      ("mailto:a@[192.0.2.1]", .mailboxInvalid),
    ] as [(String, URIError)])
  func errors(text: String, error: URIError) {
    #expect(throws: error) { try URI(Array(text.utf8)) }
    #expect(error.description.hasSuffix("."))
  }

  @Test("Hostile octets never trap, and what is read is printable")
  func hostile() {
    var random = SeededGenerator()
    let pieces = [
      "https:", "mailto:", "//", "[", "]", "::1", ":", "@", "%", "40", "a", ".", "443", "/", "?", "#",
      "\u{0}",
    ]
    .map { Array($0.utf8) }
    for _ in 0..<5000 {
      var octets = (0..<Int.random(in: 0...9, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      if !octets.isEmpty, Bool.random(using: &random) {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let uri = try? URI(octets) else { continue }
      #expect(uri.octets.allSatisfy { (0x21...0x7E).contains($0) })
    }
  }
}
