import DNSData
import PublicSuffix
import Testing

@Suite struct SuffixListTests {
  @Test(
    "The registrable domain is the suffix and one label",
    arguments: [
      ("example.com", "example.com"), ("a.b.example.com", "example.com"), ("a.b.co.uk", "b.co.uk"),
      ("Mail.Example.Com", "example.com"), ("www.ck", "www.ck"), ("a.b.c.ck", "b.c.ck"),
      ("a.b.nowhere", "b.nowhere"), ("a.b.xn--p1ai", "b.xn--p1ai"), ("b.xn--55qx5d.cn", "b.xn--55qx5d.cn"),
      ("_dmarc.example.com", "example.com"), ("x\\046y.example.com", "example.com"),
      ("a.user.github.io", "user.github.io"),
    ])
  func registrable(text: String, expected: String) throws {
    #expect(try SuffixList.registrableDomain(of: Name(text)) == Name(expected))
  }

  @Test(
    "Public suffixes have no registrable domain",
    arguments: [
      "com", "co.uk", "ck", "b.ck", "xn--55qx5d.cn", "nowhere", ".", "github.io",
    ])
  func suffixes(text: String) throws {
    let name = try Name(text)
    #expect(SuffixList.registrableDomain(of: name) == nil)
    #expect(SuffixList.isPublicSuffix(name))
  }

  @Test("A registrable domain is no public suffix")
  func noSuffix() throws {
    #expect(try !SuffixList.isPublicSuffix(Name("example.com")))
    #expect(try !SuffixList.isPublicSuffix(Name("www.ck")))
  }

  @Test("Labels of any octets are looked up without harm")
  func anyOctets() throws {
    for octet in UInt8.min...UInt8.max {
      let name = try Name(labels: [[octet, octet], Array("example".utf8), Array("com".utf8)])
      #expect(try SuffixList.registrableDomain(of: name) == Name("example.com"))
    }
  }

  @Test("The list has an identity")
  func identity() {
    #expect(SuffixList.identity.contains("SHA-1 "))
    #expect(!SuffixList.identity.hasSuffix("SHA-1 "))
  }
}
