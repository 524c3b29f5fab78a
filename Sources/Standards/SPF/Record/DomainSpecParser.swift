// The domain-spec of RFC 7208 §7.1, with the errors that people make in it told
// apart. Only the text before expansion is judged: what macros make of it is not
// subject to this grammar (§4.8).

import DNSData

/// domain-spec = macro-string domain-end (RFC 7208 §7.1): only the end must look like a name. What stands in front
/// may be any visible text; whether the whole is a name that can exist shows when it is looked up (§4.8).
enum DomainSpecParser {
  static func parse(_ octets: [UInt8], _ range: Range<Int>, term: Range<Int>) -> Parsed<SPFDomainSpec> {
    guard !range.isEmpty else { return .fault(.missingDomain, term) }
    let text: SPFMacroString
    switch MacroParser.parse(octets, range, .domainSpec) {
    case .value(let parsed): text = parsed
    case .faults(let faults): return .faults(faults)
    }
    guard let fault = endFault(text) else { return .value(SPFDomainSpec(text: text)) }
    if let garbage = garbage(octets, range) { return .fault(.trailingGarbage, garbage) }
    return .fault(.malformedDomain(fault), range)
  }

  /// From the first `,`, `;` or `:` on, if what stands before it would do as a domain-spec.
  private static func garbage(_ octets: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    let separator = octets[range].firstIndex { ",;:".utf8.contains($0) }
    guard let separator,
      case .value(let head) = MacroParser.parse(octets, range.lowerBound..<separator, .domainSpec)
    else { return nil }
    switch endFault(head) {
    case nil: return separator..<range.upperBound
    // "include:a,include:b": a domain of one label is wrong too, but the comma is what happened.
    case .singleLabel where separator > range.lowerBound: return separator..<range.upperBound
    case .singleLabel, .address, .numericTopLabel, .badTopLabel: return nil
    }
  }

  private static func endFault(_ text: SPFMacroString) -> SPFDomainFault? {
    switch text.pieces.last {
    case nil: .badTopLabel
    case .escape, .macro: nil
    case .literal(let octets): endFault(octets, position: text.pieces.count == 1 ? .whole : .behindMacro)
    }
  }

  private enum Position { case whole, behindMacro }

  private static func endFault(_ literal: [UInt8], position: Position) -> SPFDomainFault? {
    let dot = UInt8(ascii: ".")
    let name = literal.last == dot ? literal.dropLast() : literal[...]
    if case .whole = position, IPAddress(String(decoding: name, as: UTF8.self)) != nil { return .address }
    guard let lastDot = name.lastIndex(of: dot) else {
      return name.isEmpty ? .badTopLabel : .singleLabel
    }
    let label = name[(lastDot + 1)...]
    guard let first = label.first, let last = label.last, first.isASCIIAlphanumeric, last.isASCIIAlphanumeric,
      label.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") })
    else { return .badTopLabel }
    return label.allSatisfy(\.isASCIIDigit) ? .numericTopLabel : nil
  }
}
