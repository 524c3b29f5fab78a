import DNSData
import Testing

@Suite struct NameTests {
  @Test func `names are compared without regard to ASCII case`() throws {
    #expect(try Name("MAIL.Example.COM") == Name("mail.example.com."))
    #expect(try Name("mail.example.com").description == "mail.example.com.")
  }

  @Test func `a label of 63 octets fits and one of 64 does not`() throws {
    let label = String(repeating: "a", count: 63)
    #expect(try Name(label).labelCount == 1)
    #expect(throws: NameError.labelTooLong(64)) { try Name(label + "a") }
  }

  @Test func `a name of 255 octets on the wire fits and one of 256 does not`() throws {
    let label = String(repeating: "a", count: 63)
    let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
    #expect(try Name(longest).wire.count == 255)
    #expect(throws: NameError.nameTooLong(256)) {
      try Name([label, label, label, String(repeating: "b", count: 62)].joined(separator: "."))
    }
  }

  @Test(arguments: ["", "..", ".example.com", "a..b", "a.\\25", "a.\\256", "a\\"])
  func `impossible names are refused`(text: String) {
    #expect(throws: NameError.self) { try Name(text) }
  }

  @Test func `U-labels are refused here and left to IDN`() {
    #expect(throws: NameError.notASCII) { try Name("bücher.example") }
  }

  @Test func `octets outside host names are printed as decimal escapes and read back`() throws {
    let name = try Name(labels: [Array("$INCLUDE a\"\\;@".utf8), [0, 255, 46], Array("example".utf8)])
    #expect(name.description == "\\036include\\032a\\034\\092\\059\\064.\\000\\255\\046.example.")
    #expect(try Name(name.description) == name)
  }

  @Test func `wire form is read back exactly and cut or padded forms are refused`() throws {
    let name = try Name("_dmarc.example.com")
    #expect(try Name(wire: name.wire) == name)
    for length in 0..<name.wire.count {
      #expect(throws: NameError.self) { try Name(wire: name.wire.prefix(length)) }
    }
    #expect(throws: NameError.self) { try Name(wire: name.wire + [0]) }
  }

  @Test func `ancestors and subdomains`() throws {
    let name = try Name("a.b.example.com")
    #expect(name.isAtOrBelow(try Name("example.com")))
    #expect(name.isAtOrBelow(name))
    #expect(!name.isAtOrBelow(try Name("ample.com")))
    #expect(!(try Name("example.com").isAtOrBelow(name)))
    #expect(
      name.selfAndAncestors.map(\.display) == ["a.b.example.com", "b.example.com", "example.com", "com", "."])
    #expect(name.ancestor(labelCount: 2) == (try Name("example.com")))
  }

  @Test func `names sort in the canonical order of RFC 4034`() throws {
    let sorted = [
      "example", "a.example", "yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE", "z.example",
      "\\001.z.example", "*.z.example", "\\200.z.example",
    ]
    #expect(try sorted.reversed().map { try Name($0) }.sorted() == sorted.map { try Name($0) })
  }
}
