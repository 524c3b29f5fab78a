/// Reads a tag list octet by octet; `TagSequence` is what comes out.
struct TagReader {
  let octets: [UInt8]
  let grammar: TagSequence.Grammar
  private(set) var tags: [TagSequence.Tag] = []
  private(set) var faults: [TagFault] = []
  private var names: Set<String> = []

  init(octets: [UInt8], grammar: TagSequence.Grammar) {
    self.octets = octets
    self.grammar = grammar
  }

  /// tag-list = tag-spec *( ";" tag-spec ) [ ";" ] (RFC 6376 §3.2): only the last element may be empty.
  mutating func readList() {
    var start = 0
    while let semicolon = octets[start...].firstIndex(of: UInt8(ascii: ";")) {
      readElement(start..<semicolon)
      start = semicolon + 1
    }
    let rest = trimmed(start..<octets.count)
    guard rest.isEmpty, start > 0 else {
      readElement(start..<octets.count)
      return
    }
    checkOctets(start..<octets.count)
  }

  private mutating func readElement(_ element: Range<Int>) {
    guard !trimmed(element).isEmpty else {
      faults.append(TagFault(kind: .emptyElement, range: element))
      return
    }
    guard let equals = octets[element].firstIndex(of: UInt8(ascii: "=")) else {
      faults.append(TagFault(kind: .missingEquals, range: trimmed(element)))
      return
    }
    let nameRange = trimmed(element.lowerBound..<equals)
    let valueRange = trimmed((equals + 1)..<element.upperBound)
    guard !nameRange.isEmpty else {
      faults.append(TagFault(kind: .emptyName, range: element.lowerBound..<(equals + 1)))
      return
    }
    guard isName(octets[nameRange]) else {
      faults.append(TagFault(kind: .illegalName, range: nameRange))
      return
    }
    checkOctets(element.lowerBound..<nameRange.lowerBound)
    checkOctets(nameRange.upperBound..<element.upperBound)
    let name = String(decoding: octets[nameRange], as: UTF8.self)
    if !names.insert(name).inserted {
      faults.append(TagFault(kind: .duplicate, range: nameRange))
    }
    if valueRange.isEmpty, !allowsEmptyValues {
      faults.append(TagFault(kind: .emptyValue, range: nameRange.lowerBound..<(equals + 1)))
    } else if !allowsSpaceAroundEquals, valueRange.lowerBound - nameRange.upperBound > 1 {
      faults.append(TagFault(kind: .spaceAroundEquals, range: nameRange.upperBound..<valueRange.lowerBound))
    }
    tags.append(
      TagSequence.Tag(
        name: name, value: Array(octets[valueRange]), nameRange: nameRange, valueRange: valueRange))
  }

  /// RFC 9989 §4.8 and RFC 8461 §3.1 want at least one octet; RFC 6376 §3.2 allows none, and “p=” needs that.
  private var allowsEmptyValues: Bool {
    switch grammar {
    case .rfc6376: true
    case .rfc9989, .rfc8461: false
    }
  }

  private var allowsSpaceAroundEquals: Bool {
    switch grammar {
    case .rfc6376, .rfc9989: true
    case .rfc8461: false
    }
  }

  private func isName(_ name: ArraySlice<UInt8>) -> Bool {
    guard let first = name.first else { return false }
    return switch grammar {
    case .rfc6376:
      first.isASCIILetter && name.allSatisfy { $0.isASCIILetter || $0.isDigit || $0 == UInt8(ascii: "_") }
    case .rfc9989: name.allSatisfy(\.isASCIILetter)
    case .rfc8461:
      (first.isASCIILetter || first.isDigit) && name.count <= 32
        && name.allSatisfy { $0.isASCIILetter || $0.isDigit || "_-.".utf8.contains($0) }
    }
  }

  /// One fault for each run of octets that no value may have.
  private mutating func checkOctets(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard let kind = fault(at: index, in: range) else {
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, fault(at: index, in: range) == kind { index += 1 }
      faults.append(TagFault(kind: kind, range: start..<index))
    }
  }

  private func fault(at index: Int, in range: Range<Int>) -> TagFault.Kind? {
    switch octets[index] {
    case 0x80...: .notASCII
    case 0x20...0x7E, 0x09: nil
    case 0x0D, 0x0A: isFold(at: index, in: range) ? nil : .illegalOctet
    default: .illegalOctet
    }
  }

  /// Whether the CR or LF here belongs to FWS: CR LF, and white space after it (RFC 6376 §2.8).
  private func isFold(at index: Int, in range: Range<Int>) -> Bool {
    guard grammar == .rfc6376 else { return false }
    let carriageReturn = octets[index] == 0x0D ? index : index - 1
    guard carriageReturn >= range.lowerBound, carriageReturn + 2 < range.upperBound else { return false }
    return octets[carriageReturn] == 0x0D && octets[carriageReturn + 1] == 0x0A
      && (octets[carriageReturn + 2] == 0x20 || octets[carriageReturn + 2] == 0x09)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, isSpace(octets[lower]) { lower += 1 }
    while upper > lower, isSpace(octets[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  private func isSpace(_ octet: UInt8) -> Bool {
    switch grammar {
    case .rfc6376: octet.isFoldingWhiteSpace
    case .rfc9989, .rfc8461: octet == 0x20 || octet == 0x09
    }
  }
}

extension UInt8 {
  /// SP, HTAB, CR or LF (RFC 6376 §2.8).
  package var isFoldingWhiteSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }

  fileprivate var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
