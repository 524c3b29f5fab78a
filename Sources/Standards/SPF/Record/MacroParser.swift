// The macro-string of RFC 7208 §7.1, for domain-specs, unknown modifiers and
// explanation texts. Values are put in by SPFExpansion; how a domain-spec must
// end is in DomainSpecParser.

import DNSData

/// Parses macro strings (RFC 7208 §7.1). Goes on behind a fault, so that all are listed; ranges are offsets in the
/// whole text, of which only a part is parsed.
struct MacroParser {
  /// Where the text stands decides about some letters and about spaces (§6.2, §7.2).
  enum Place { case domainSpec, unknownModifier, explanation }

  private let octets: [UInt8]
  private let place: Place
  private var position: Int
  private let end: Int
  private var pieces: [SPFMacroString.Piece] = []
  private var literal: [UInt8] = []
  private var faults: [LocatedFault] = []

  static func parse(_ octets: [UInt8], _ range: Range<Int>, _ place: Place) -> Parsed<SPFMacroString> {
    var parser = MacroParser(octets, range.clamped(to: octets.indices), place)
    return parser.run()
  }

  private init(_ octets: [UInt8], _ range: Range<Int>, _ place: Place) {
    self.octets = octets
    self.place = place
    position = range.lowerBound
    end = range.upperBound
  }

  private mutating func run() -> Parsed<SPFMacroString> {
    while position < end {
      let octet = octets[position]
      if octet == UInt8(ascii: "%") {
        percent()
      } else {
        check(octet)
        literal.append(octet)
        position += 1
      }
    }
    flush()
    return faults.isEmpty ? .value(SPFMacroString(pieces: pieces)) : .faults(faults)
  }

  private mutating func check(_ octet: UInt8) {
    switch octet {
    case 0x21...0x7E: break
    case 0x20:
      switch place {
      case .explanation: break
      case .domainSpec, .unknownModifier: fail(.illegalCharacter(octet), position..<(position + 1))
      }
    case 0x80...: fail(.nonASCII, position..<(position + 1))
    default: fail(.illegalCharacter(octet), position..<(position + 1))
    }
  }

  private mutating func flush() {
    guard !literal.isEmpty else { return }
    pieces.append(.literal(literal))
    literal = []
  }

  private mutating func fail(_ kind: SPFFaultKind, _ range: Range<Int>) {
    faults.append(LocatedFault(kind: kind, range: range))
  }

  private mutating func percent() {
    flush()
    let start = position
    position += 1
    guard position < end else { return fail(.badMacro(.strayPercent), start..<end) }
    if let escape = SPFEscape(rawValue: octets[position]) {
      pieces.append(.escape(escape))
      position += 1
    } else if octets[position] == UInt8(ascii: "{") {
      position += 1
      macro(from: start)
    } else {
      fail(.badMacro(.strayPercent), start..<position)
    }
  }

  /// Behind `%{`; leaves the position behind the brace.
  private mutating func macro(from start: Int) {
    guard let close = octets[position..<end].firstIndex(of: UInt8(ascii: "}")) else {
      position = end
      return fail(.badMacro(.unterminated), start..<end)
    }
    let inner = octets[position..<close]
    position = close + 1
    switch Self.macro(inner, place) {
    case .success(let macro): pieces.append(.macro(macro))
    case .failure(let fault): fail(.badMacro(fault.kind), start..<position)
    }
  }

  private struct Failure: Error { let kind: SPFMacroFault }

  private static func macro(_ inner: ArraySlice<UInt8>, _ place: Place) -> Result<SPFMacro, Failure> {
    guard let first = inner.first, (0x61...0x7A).contains(first | 0x20) else {
      return .failure(Failure(kind: .missingLetter))
    }
    guard let letter = SPFMacroLetter(rawValue: first | 0x20) else {
      return .failure(Failure(kind: .unknownLetter(first)))
    }
    if letter.isForExplanationsOnly, case .domainSpec = place {
      return .failure(Failure(kind: .explanationOnly(first)))
    }
    var rest = inner.dropFirst()
    let digits = rest.prefix(while: \.isASCIIDigit)
    rest = rest.dropFirst(digits.count)
    let isReversed = rest.first.map { $0 | 0x20 } == UInt8(ascii: "r")
    rest = rest.dropFirst(isReversed ? 1 : 0)
    guard rest.allSatisfy(SPFMacro.delimiterOctets.contains) else {
      return .failure(Failure(kind: .badTransformer))
    }
    let kept = number(digits)
    guard kept != 0 else { return .failure(Failure(kind: .zeroLabels)) }
    return .success(
      SPFMacro(
        letter: letter, escaping: first == letter.rawValue ? .none : .url, kept: kept,
        order: isReversed ? .reversed : .asIs, delimiters: Array(rest)))
  }

  /// Any number of digits is legal; beyond the labels that a text can have, all numbers mean the same.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    return digits.reduce(0) { min($0 * 10 + Int($1 - 0x30), 1_000_000) }
  }
}
