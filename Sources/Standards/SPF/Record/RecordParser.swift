// Splits a record into terms and reads them (RFC 7208 §4.6.1, §12). Every fault is
// listed, also those behind others. Whether a text is an SPF record at all was
// decided in SPFRecord.

import DNSData

/// The grammar of a record (RFC 7208 §12): splits it at spaces and reads every term, whatever the others are like.
struct RecordParser {
  private let octets: [UInt8]
  private(set) var terms: [SPFTerm] = []
  private(set) var faults: [SPFFault] = []
  private(set) var remarks: [SPFRemark] = []
  private var modifiersSeen: Set<String> = []

  init(_ octets: [UInt8]) { self.octets = octets }

  /// `start` is behind the version section.
  mutating func run(from start: Int) {
    for slice in octets[start...].split(separator: UInt8(ascii: " ")) {
      let range = slice.startIndex..<slice.endIndex
      // One copy for all faults of a term: a hostile one has thousands.
      let text = Array(slice)
      let unprintable = unprintable(range)
      switch unprintable.isEmpty ? content(range) : .faults(unprintable) {
      case .value(let content):
        terms.append(SPFTerm(content: content, range: range, text: text))
        remark(content, range)
      case .faults(let found):
        faults += found.map { SPFFault(kind: $0.kind, range: $0.range, term: text, termRange: range) }
      }
    }
  }

  /// One fault for each run of octets that no term may hold; the term is then not read any further, because all
  /// that could be said about it would follow from these octets.
  private func unprintable(_ range: Range<Int>) -> [LocatedFault] {
    var faults: [LocatedFault] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard !(0x21...0x7E).contains(octets[index]) else {
        index += 1
        continue
      }
      let isASCII = octets[index] < 0x80
      let end =
        octets[index..<range.upperBound].firstIndex { (0x21...0x7E).contains($0) || ($0 < 0x80) != isASCII }
        ?? range.upperBound
      faults.append(
        LocatedFault(kind: isASCII ? .illegalCharacter(octets[index]) : .nonASCII, range: index..<end))
      index = end
    }
    return faults
  }

  // MARK: - Terms (§4.6.1)

  private mutating func content(_ range: Range<Int>) -> Parsed<SPFTerm.Content> {
    let qualifier = SPFQualifier(rawValue: octets[range.lowerBound])
    let start = range.lowerBound + (qualifier == nil ? 0 : 1)
    let nameEnd = self.nameEnd(start, range.upperBound)
    guard nameEnd > start else { return .fault(.syntax, range) }
    let name = String(decoding: octets[start..<nameEnd].map(\.lowercasedASCII), as: UTF8.self)
    // A name with "=" straight behind it is a modifier, whatever follows.
    if nameEnd < range.upperBound, octets[nameEnd] == UInt8(ascii: "=") {
      guard qualifier == nil else { return .fault(.qualifiedModifier(name), range) }
      return modifier(name, value: (nameEnd + 1)..<range.upperBound, term: range)
    }
    guard let kind = SPFMechanism.Kind(rawValue: name) else {
      return .fault(.unknownMechanism(name), start..<nameEnd)
    }
    let rest = nameEnd..<range.upperBound
    guard
      rest.isEmpty || octets[rest.lowerBound] == UInt8(ascii: ":")
        || octets[rest.lowerBound] == UInt8(ascii: "/")
    else { return .fault(.trailingGarbage, rest) }
    return MechanismParser(octets, rest, term: range).mechanism(kind).map {
      .directive(qualifier ?? .pass, $0)
    }
  }

  private func nameEnd(_ start: Int, _ end: Int) -> Int {
    guard start < end, octets[start].isASCIILetter else { return start }
    return octets[start..<end].firstIndex { !$0.isASCIIAlphanumeric && !"-_.".utf8.contains($0) } ?? end
  }

  private mutating func modifier(
    _ name: String, value: Range<Int>, term: Range<Int>
  ) -> Parsed<SPFTerm.Content> {
    switch name {
    case "redirect", "exp":
      guard modifiersSeen.insert(name).inserted else { return .fault(.duplicateModifier(name), term) }
      // Taken literally, the grammar lets a broken redirect pass for an unknown modifier. Nobody reads it so: the
      // names of known modifiers are theirs alone.
      return DomainSpecParser.parse(octets, value, term: term).map {
        .modifier(name == "exp" ? .exp($0) : .redirect($0))
      }
    default:
      return MacroParser.parse(octets, value, .unknownModifier).map { .modifier(.unknown(name: name, $0)) }
    }
  }

  // MARK: - Remarks

  private mutating func remark(_ content: SPFTerm.Content, _ range: Range<Int>) {
    for kind in Self.remarks(content) { remarks.append(SPFRemark(kind: kind, range: range)) }
  }

  private static func remarks(_ content: SPFTerm.Content) -> [SPFRemarkKind] {
    switch content {
    case .directive(_, .ip4(let network)): network.hasHostBits ? [.hostBits] : []
    case .directive(_, .ip6(let network)):
      (network.hasHostBits ? [.hostBits] : []) + (network.isMapped ? [.mappedAddress] : [])
    case .directive(_, .include(let spec)), .directive(_, .exists(let spec)),
      .directive(_, .a(.some(let spec), _)), .directive(_, .mx(.some(let spec), _)),
      .directive(_, .ptr(.some(let spec))), .modifier(.redirect(let spec)), .modifier(.exp(let spec)):
      spec.text.hasListSeparator ? [.listInDomain] : []
    case .directive(_, .all), .directive(_, .a(nil, _)), .directive(_, .mx(nil, _)), .directive(_, .ptr(nil)):
      []
    case .modifier(.unknown(let name, let value)):
      if SPFMechanism.Kind(rawValue: name) != nil {
        [.mechanismAsModifier(name)]
      } else if name == "v", value.description.lowercased() == "spf1" {
        [.secondVersion]
      } else {
        []
      }
    }
  }
}

extension IPNetwork {
  /// Inside ::ffff:0:0/96 (RFC 4291 §2.5.5.2).
  fileprivate var isMapped: Bool {
    guard case .v6(let address) = address, prefixLength >= 96 else { return false }
    return address.mappedIPv4 != nil
  }
}

extension SPFMacroString {
  fileprivate var hasListSeparator: Bool {
    pieces.contains { piece in
      switch piece {
      case .literal(let octets): octets.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
      case .escape, .macro: false
      }
    }
  }
}

extension UInt8 {
  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
