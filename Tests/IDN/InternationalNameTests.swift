import DNSData
import IDN
import Testing

@Suite struct InternationalNameTests {
  @Test(
    "U-labels become A-labels",
    arguments: [
      ("faß.example", "xn--fa-hia.example"), ("Bücher.example.", "xn--bcher-kva.example"),
      ("bu\u{308}cher.example", "xn--bcher-kva.example"),
      ("_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example"),
      ("日本。example", "xn--wgv71a.example"), ("xn--a.bücher.example", "xn--a.xn--bcher-kva.example"),
      ("почта.рф", "xn--80a1acny.xn--p1ai"),
    ])
  func conversion(text: String, expected: String) throws {
    #expect(try Name(userInput: text) == Name(expected))
  }

  @Test(
    "ASCII is taken as it is, whatever IDNA thinks of it",
    arguments: [
      "example.com", "xn--a.example", "_x.example", "ab--cd.example", "-a.example", "a\\046b.example", ".",
    ])
  func ascii(text: String) throws {
    #expect(try Name(userInput: text) == Name(text))
  }

  @Test(
    "What is no domain name is refused with a sentence",
    arguments: [
      "ü..example", ".ü", "\u{301}a.example", "-ü.example", "a_ü.example", "a b.ü c", "ü\0x.example",
      String(repeating: "ü", count: 64) + ".example", "a..b", String(repeating: "ü.", count: 60),
      "\u{202E}ü.example", "ü\u{FFFD}.example",
    ])
  func refusal(text: String) {
    let error = #expect(throws: InternationalNameError.self) { try Name(userInput: text) }
    #expect(error?.description.isEmpty == false)
  }

  @Test(
    "Reports show U-labels",
    arguments: [
      ("xn--bcher-kva.example", "bücher.example"), ("xn--fa-hia.example", "faß.example"),
      ("example.com", "example.com"),
      ("xn--80a1acny.xn--p1ai", "почта.рф"), (".", "."),
    ])
  func display(text: String, expected: String) throws {
    #expect(try Name(text).unicodeDisplay == expected)
  }

  @Test(
    "A label that cannot be shown safely stays an A-label",
    arguments: [
      "xn--a.example",  // not Punycode that IDNA 2008 allows
      "xn--ab-j1t.example",  // a, zero-width non-joiner, b
      "xn--ab-m1t.example",  // zero-width joiner
      "xn--abc-bl0a.example", "xn--.example", "xn--example.example", "xn--99999999.example",
      "a\\027b.example",
    ])
  func fallback(text: String) throws {
    let name = try Name(text)
    #expect(name.unicodeDisplay == name.display)
  }

  @Test("Display forms read back to the same name")
  func roundTrip() throws {
    for text in ["bücher.example", "日本.example", "مثال.example", "ελλάς.example", "a.b.c"] {
      let name = try Name(userInput: text)
      #expect(name.unicodeDisplay == text)
      #expect(try Name(userInput: name.unicodeDisplay) == name)
    }
  }
}
