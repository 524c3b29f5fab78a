// One SPF record (RFC 7208 §3, §4.5, §4.6): selecting it among TXT records, its
// terms, its faults, its canonical text. The record is not evaluated here and its
// names are not looked up.

package import DNSData

/// An SPF record as parsed: the terms that could be read, and everything that is wrong with the rest.
///
/// The text is that of the joined strings of one TXT record (RFC 7208 §3.3); all positions are octet offsets in it,
/// so that a caller who knows where the strings end can see what was joined to what.
package struct SPFRecord: Hashable, Sendable {
  package let octets: [UInt8]
  /// In the order of the record, without the terms that have a fault.
  package let terms: [SPFTerm]
  /// In the order of the record. With one or more of these the record is a permanent error (§4.6).
  package let faults: [SPFFault]
  package let remarks: [SPFRemark]

  /// nil if the text is no SPF record: `v=spf1` in any case, then a space or the end (§4.5).
  package init?(_ octets: [UInt8]) {
    guard Self.isSPF(octets) else { return nil }
    var parser = RecordParser(octets)
    parser.run(from: Self.version.count)
    self.octets = octets
    terms = parser.terms
    faults = parser.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
    remarks = parser.remarks
  }

  package init?(_ text: String) { self.init(Array(text.utf8)) }

  private static let version = Array("v=spf1".utf8)

  package static func isSPF(_ octets: [UInt8]) -> Bool {
    guard octets.count >= version.count,
      zip(octets, version).allSatisfy({ $0.lowercasedASCII == $1 })
    else { return false }
    return octets.count == version.count || octets[version.count] == UInt8(ascii: " ")
  }

  /// The SPF records among the TXT records at a name, in their order (§4.5).
  package static func select(_ records: [Record]) -> [TXT] {
    records.compactMap { record in
      guard case .txt(let text) = record.data, isSPF(text.joined) else { return nil }
      return text
    }
  }

  package var directives: [(qualifier: SPFQualifier, mechanism: SPFMechanism, term: SPFTerm)] {
    terms.compactMap { term in
      switch term.content {
      case .directive(let qualifier, let mechanism): (qualifier, mechanism, term)
      case .modifier: nil
      }
    }
  }

  /// The term and its target; a record with two is a permanent error, of which this is the first.
  package var redirect: SPFTerm? {
    terms.first { term in
      if case .redirect = term.modifier { true } else { false }
    }
  }

  package var explanation: SPFTerm? {
    terms.first { term in
      if case .exp = term.modifier { true } else { false }
    }
  }

  package var all: SPFTerm? { terms.first(where: \.isAll) }

  /// The mechanisms that an evaluation never comes to (§5.1), and `redirect` beside `all` (§6.1).
  package var unreachableTerms: [SPFTerm] {
    guard let all else { return [] }
    return terms.filter { $0.isCutOff(by: all) }
  }

  /// Nothing before a `-all`: nobody may send, and the record says it plainly.
  package var isBareDenial: Bool {
    directives.first.map { $0.qualifier == .fail && $0.mechanism == .all } ?? false
  }
}

extension SPFRecord: CustomStringConvertible {
  /// The canonical text of the terms that could be read.
  package var description: String { (["v=spf1"] + terms.map(\.description)).joined(separator: " ") }
}
