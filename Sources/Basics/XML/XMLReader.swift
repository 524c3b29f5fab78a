// Builds the tree with libexpat, which is given the document in one piece.

internal import CExpat

extension XMLElement {
  /// The root element of a document in UTF-8, UTF-16, ISO 8859-1 or US-ASCII, as it says itself.
  package init(document: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
    guard document.count <= limits.octets else { throw XMLError(.tooLarge(limit: limits.octets), line: 1) }
    guard document.contains(where: { !" \t\r\n".utf8.contains($0) }) else { throw XMLError(.empty, line: 1) }
    guard let reader = XMLReader(limits) else {
      throw XMLError(.malformed("libexpat has no memory"), line: 1)
    }
    self = try reader.read(document)
  }
}

/// Owns libexpat's parser; used once.
private final class XMLReader {
  /// Between namespace and name: no document can contain it (XML 1.0 §2.2).
  private static let separator: UInt8 = 1

  private let parser: XML_Parser
  private let limits: XMLLimits
  private var open: [XMLElement] = []
  private var root: XMLElement?
  private var count = 0
  /// The first reason of our own to stop.
  private var fault: XMLError?

  init?(_ limits: XMLLimits) {
    guard let parser = XML_ParserCreateNS(nil, XML_Char(bitPattern: Self.separator)) else { return nil }
    self.parser = parser
    self.limits = limits
  }

  deinit { XML_ParserFree(parser) }

  func read(_ document: [UInt8]) throws(XMLError) -> XMLElement {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name, let reader = XMLReader.at(context) else { return }
        reader.start(name, attributes)
      }, { context, _ in XMLReader.at(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, text, length in
      guard let text, length > 0, let reader = XMLReader.at(context) else { return }
      reader.add(UnsafeRawBufferPointer(start: text, count: Int(length)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in XMLReader.at(context)?.stop(.documentType)
    }
    let status = document.withUnsafeBytes { bytes in
      XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), 1)
    }
    if let fault { throw fault }
    guard status == XML_STATUS_OK, let root else {
      let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "no root element"
      throw XMLError(.malformed(reason), line: line)
    }
    return root
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLReader? {
    context.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private var line: Int { Int(clamping: XML_GetCurrentLineNumber(parser)) }

  private func stop(_ kind: XMLError.Kind) {
    // libexpat may still call back for what is underway, an empty element's end say.
    guard fault == nil else { return }
    fault = XMLError(kind, line: line)
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private func start(_ name: UnsafePointer<XML_Char>, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?)
  {
    guard fault == nil else { return }
    guard open.count < limits.depth else { return stop(.tooDeep(limit: limits.depth)) }
    count += 1
    guard count <= limits.elements else { return stop(.tooManyElements(limit: limits.elements)) }
    var attributes: [XMLAttribute] = []
    var index = 0
    // Pairs of name and value, and nil behind the last.
    while let list, let name = list[index], let value = list[index + 1] {
      guard attributes.count < limits.attributes else {
        return stop(.tooManyAttributes(limit: limits.attributes))
      }
      attributes.append(XMLAttribute(name: Self.name(name), value: String(cString: value)))
      index += 2
    }
    open.append(
      XMLElement(name: Self.name(name), attributes: attributes, text: "", children: [], line: line))
  }

  private func add(_ text: UnsafeRawBufferPointer) {
    guard fault == nil, !open.isEmpty else { return }
    open[open.count - 1].text += String(decoding: text, as: UTF8.self)
  }

  private func end() {
    guard fault == nil, let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  private static func name(_ text: UnsafePointer<XML_Char>) -> XMLName {
    let octets = UnsafeRawBufferPointer(start: text, count: length(of: text))
    guard let cut = octets.lastIndex(of: separator) else {
      return XMLName(String(decoding: octets, as: UTF8.self))
    }
    return XMLName(
      String(decoding: octets[(cut + 1)...], as: UTF8.self),
      namespace: String(decoding: octets[..<cut], as: UTF8.self))
  }

  private static func length(of text: UnsafePointer<XML_Char>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
  }
}
