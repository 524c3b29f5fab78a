import DNSData
package import SPF

/// The record that the author of a faulty SPF record meant, where that is beyond doubt. Built in one place, so that
/// every finding about the record proposes the same text.
package enum SPFCorrection {
  /// nil unless every fault can be corrected.
  package static func corrected(_ record: SPFRecord) -> [UInt8]? {
    var replacements: [(range: Range<Int>, text: String)] = []
    for fault in record.faults where !replacements.contains(where: { $0.range == fault.termRange }) {
      guard let text = replacement(for: fault, in: record) else { return nil }
      replacements.append((fault.termRange, text))
    }
    for remark in record.remarks {
      if case .mechanismAsModifier(let name) = remark.kind,
        let term = record.terms.first(where: { $0.range.overlaps(remark.range) })
      {
        let argument = String(decoding: term.text.dropFirst(name.utf8.count + 1), as: UTF8.self)
        replacements.append((term.range, "\(name):\(argument)"))
      }
    }
    guard !replacements.isEmpty else { return nil }
    var octets = record.octets
    for (range, text) in replacements.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      octets.replaceSubrange(range, with: text.utf8)
    }
    let text = String(decoding: octets, as: UTF8.self).split(separator: " ").joined(separator: " ")
    guard let corrected = SPFRecord(text), corrected.faults.isEmpty else { return nil }
    return Array(text.utf8)
  }

  private static func replacement(for fault: SPFFault, in record: SPFRecord) -> String? {
    guard fault.term.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let (qualifier, name, argument) = parts(of: String(decoding: fault.term, as: UTF8.self))
    switch fault.kind {
    case .unknownMechanism, .badIP4(.otherFamily), .badIP6(.otherFamily), .malformedDomain(.address), .syntax:
      return networks(argument.isEmpty ? name : argument, qualifier: qualifier)
    case .trailingGarbage:
      if argument.isEmpty { return qualifier + name.filter { $0.isLetter || $0.isNumber } }
      return networks(argument, qualifier: qualifier) ?? list(argument, qualifier: qualifier, name: name)
    case .duplicateModifier:
      // Of two different ones nobody knows which is meant.
      return record.terms.contains { $0.text == fault.term } ? "" : nil
    case .qualifiedModifier, .unexpectedArgument, .missingDomain, .missingAddress, .badIP4, .badIP6,
      .badPrefixLength, .unexpectedPrefixLength, .badMacro, .malformedDomain, .nonASCII, .illegalCharacter:
      return nil
    }
  }

  private static func parts(of term: String) -> (qualifier: String, name: String, argument: String) {
    let qualifier = term.prefix { "+-~?".contains($0) }.prefix(1)
    let rest = term.dropFirst(qualifier.count)
    guard let separator = rest.firstIndex(where: { ":=".contains($0) }), IPNetwork(String(rest)) == nil else {
      return (String(qualifier), String(rest), "")
    }
    return (
      String(qualifier), rest[..<separator].lowercased(), String(rest[rest.index(after: separator)...])
    )
  }

  /// `ip4:`/`ip6:` terms for a list of addresses.
  private static func networks(_ text: String, qualifier: String) -> String? {
    let items = text.split(whereSeparator: { ",;".contains($0) })
    let terms = items.compactMap { item -> String? in
      guard let network = IPNetwork(String(item)) else { return nil }
      switch network.address.family {
      case .v4: return "\(qualifier)ip4:\(network)"
      case .v6: return "\(qualifier)ip6:\(network)"
      }
    }
    return terms.isEmpty || terms.count < items.count ? nil : terms.joined(separator: " ")
  }

  /// One term for each domain of a list; an item may repeat the mechanism.
  private static func list(_ text: String, qualifier: String, name: String) -> String? {
    let items = text.split(whereSeparator: { ",;".contains($0) })
    guard items.count > 1 || text.hasSuffix(",") || text.hasSuffix(";") else { return nil }
    return items.map { item in
      item.contains(":") ? "\(item)" : "\(qualifier)\(name):\(item)"
    }.joined(separator: " ")
  }
}
