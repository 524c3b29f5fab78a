// Between the text that macros make and a name that can be asked for (RFC 7208
// §4.3, §4.8, §7.3). Nothing is unescaped and no U-label is converted: a text that
// is no name stays none.

import DNSData

/// A domain as text between macros and the DNS.
enum DomainText {
  /// nil for a text that is no name: an empty or too long label, octets outside ASCII. Too long a text loses labels
  /// on the left (§7.3). Labels are taken as they are: a backslash is no escape here.
  static func name(_ text: [UInt8]) -> Name? {
    let dot = UInt8(ascii: ".")
    var labels = withoutFinalDot(text).split(separator: dot, omittingEmptySubsequences: false)[...]
    var length = labels.reduce(-1) { $0 + $1.count + 1 }
    while length > SPFLimits.nameOctets, labels.count > 1, let first = labels.popFirst() {
      length -= first.count + 1
    }
    // Names in the DNS are ASCII; U-labels have to come as A-labels (RFC 7208 §4.3), and a local part outside ASCII
    // never matches (RFC 8616 §4).
    guard labels.allSatisfy({ $0.allSatisfy { $0 < 0x80 } }) else { return nil }
    return try? Name(labels: labels.map(Array.init))
  }

  static func withoutFinalDot(_ text: [UInt8]) -> [UInt8] {
    text.last == UInt8(ascii: ".") ? Array(text.dropLast()) : text
  }

  /// The labels of a name as they are, with dots between them.
  static func text(_ name: Name) -> [UInt8] {
    Array(name.labels.joined(separator: [UInt8(ascii: ".")]))
  }

  /// Is this a domain that check_host() starts at (§4.3)? At least two labels, and no address literal.
  static func initialName(_ text: [UInt8]) -> Name? {
    guard text.first != UInt8(ascii: "["), withoutFinalDot(text).count <= SPFLimits.nameOctets,
      let name = name(text), name.labelCount > 1
    else { return nil }
    return name
  }
}
