/// Documents as trees, and what is refused of a stranger's.
import SeededRandom
import Testing

@testable import XML

@Suite struct XMLReaderTests {
  private func read(_ text: String, limits: XMLLimits = XMLLimits()) throws(XMLError) -> XMLElement {
    try XMLElement(document: Array(text.utf8), limits: limits)
  }

  private func fault(of text: String, limits: XMLLimits = XMLLimits()) -> XMLError? {
    do throws(XMLError) {
      _ = try read(text, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func `elements, attributes, text and lines are read`() throws {
    let root = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- comment --><?other instruction?>
      <a x="1" y='&lt;&#xE9;'>one<b>two</b><![CDATA[<three>]]>
        <b z="2"/>
      </a>
      """)
    #expect(root.name == XMLName("a"))
    #expect(root.line == 3)
    #expect(root.attribute("x") == "1")
    #expect(root.attribute("y") == "<é")
    #expect(root.attribute("z") == nil)
    #expect(root.text.hasPrefix("one<three>"))
    #expect(root.children("b").map(\.text) == ["two", ""])
    #expect(root.children("b").map(\.line) == [3, 4])
    #expect(root.children("c").isEmpty)
  }

  @Test func `namespaces are told apart from names`() throws {
    let root = try read(#"<a xmlns="urn:1" xmlns:p="urn:2"><b/><p:b p:x="1" x="2"/></a>"#)
    #expect(root.name == XMLName("a", namespace: "urn:1"))
    #expect(root.children("b").count == 1)
    #expect(root.children[1].name == XMLName("b", namespace: "urn:2"))
    #expect(root.children[1].attribute("x") == "2")
    #expect(root.children[1].attributes.first?.name == XMLName("x", namespace: "urn:2"))
  }

  @Test func `other encodings are read as they say`() throws {
    let latin = Array(#"<?xml version="1.0" encoding="ISO-8859-1"?><a>"#.utf8) + [0xE9] + Array("</a>".utf8)
    #expect(try XMLElement(document: latin).text == "é")
    let wide = "<a>é</a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try XMLElement(document: [0xFE, 0xFF] + wide).text == "é")
    #expect(try XMLElement(document: [0xEF, 0xBB, 0xBF] + Array("<a>é</a>".utf8)).text == "é")
  }

  @Test(
    "What is not well-formed has a line",
    arguments: [
      ("<a>\n<b></a>", 2), ("<a>\n", 2), ("<a/><b/>", 1), ("no XML", 1), ("<a>&unknown;</a>", 1),
      ("<a x=1/>", 1),
      ("<a x='1' x='2'/>", 1), ("<a>\u{1}</a>", 1), ("<p:a/>", 1),
      ("<?xml version='1.0' encoding='EBCDIC'?><a/>", 1),
    ])
  func malformed(text: String, line: Int) {
    let fault = fault(of: text)
    guard case .malformed = fault?.kind else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(fault?.line == line)
  }

  @Test func `octets that are no UTF-8 are refused`() {
    #expect(throws: XMLError.self) {
      try XMLElement(document: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8))
    }
  }

  @Test(arguments: ["", " \r\n\t"])
  func `nothing is no document`(text: String) {
    #expect(fault(of: text) == XMLError(.empty, line: 1))
  }

  @Test(arguments: [
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'><html/>",
    "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
    "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
    """
    <!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">
    <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]><l>&e;</l>
    """,
  ])
  func `a document type is refused before it is read`(text: String) {
    #expect(fault(of: text)?.kind == .documentType)
  }

  // MARK: - Limits

  @Test func `depth, number and size are limited`() {
    let limits = XMLLimits(octets: 2000, depth: 4, elements: 20, attributes: 3)
    let nested = { String(repeating: "<a>", count: $0) + String(repeating: "</a>", count: $0) }
    #expect(fault(of: nested(4), limits: limits) == nil)
    #expect(fault(of: nested(5), limits: limits)?.kind == .tooDeep(limit: 4))
    let wide = { "<a>" + String(repeating: "<b/>", count: $0) + "</a>" }
    #expect(fault(of: wide(19), limits: limits) == nil)
    #expect(fault(of: wide(20), limits: limits)?.kind == .tooManyElements(limit: 20))
    #expect(fault(of: "<a b='' c='' d=''/>", limits: limits) == nil)
    #expect(fault(of: "<a b='' c='' d='' e=''/>", limits: limits)?.kind == .tooManyAttributes(limit: 3))
    let long = "<a>" + String(repeating: "x", count: 1993) + "</a>"
    #expect(fault(of: long, limits: limits) == nil)
    #expect(fault(of: long + " ", limits: limits)?.kind == .tooLarge(limit: 2000))
  }

  @Test func `a hundred thousand open elements cost no stack`() {
    #expect(fault(of: String(repeating: "<a>", count: 80_000))?.kind == .tooDeep(limit: 32))
  }

  @Test func `cut and garbled documents are refused or read, never trapped on`() {
    let sample = Array(
      #"<?xml version="1.0"?><c xmlns="urn:x" v="1.1"><e i="&#x41;">t&amp;<![CDATA[x]]><!-- c --></e><p>é</p></c>"#
        .utf8)
    for length in 0..<sample.count {
      #expect(throws: XMLError.self) { try XMLElement(document: Array(sample.prefix(length))) }
    }
    var generator = SeededGenerator()
    for _ in 0..<20_000 {
      var octets = sample
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        octets[Int.random(in: 0..<octets.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      _ = try? XMLElement(document: octets)
    }
  }
}
