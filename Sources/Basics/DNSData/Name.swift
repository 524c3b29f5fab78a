/// A domain name, always absolute (RFC 1035 §3.1).
///
/// Kept in lower case and in wire form, so that equality and hashing are those of the DNS: case-insensitive for
/// ASCII, octet by octet for the rest. Text in U-labels is not a `Name`; the target `IDN` makes one of it.
package struct Name: Hashable, Sendable {
  /// Length-prefixed labels with the terminating zero octet; 1 to 255 octets.
  package let wire: [UInt8]

  package static let root = Name(trusted: [0])
  package static let maximumLabelLength = 63  // RFC 1035 §2.3.4
  package static let maximumWireLength = 255  // RFC 1035 §2.3.4

  private init(trusted wire: [UInt8]) { self.wire = wire }

  package init(labels: some Sequence<[UInt8]>) throws(NameError) {
    var wire: [UInt8] = []
    for label in labels { try Self.append(label, to: &wire) }
    try self.init(front: wire, origin: .root)
  }

  /// `front`: labels as `append` leaves them.
  private init(front: [UInt8], origin: Name) throws(NameError) {
    wire = front + origin.wire
    guard wire.count <= Self.maximumWireLength else { throw .nameTooLong(wire.count) }
  }

  private static func append(_ label: [UInt8], to wire: inout [UInt8]) throws(NameError) {
    guard !label.isEmpty else { throw .emptyLabel }
    guard label.count <= maximumLabelLength else { throw .labelTooLong(label.count) }
    wire.append(UInt8(label.count))
    for octet in label { wire.append(octet.lowercasedASCII) }
  }

  /// From uncompressed wire form that fills `wire` exactly.
  package init(wire: some Collection<UInt8>) throws(NameError) {
    var labels: [[UInt8]] = []
    var rest = wire[...]
    while let length = rest.first {
      rest = rest.dropFirst()
      guard length > 0 else {
        guard rest.isEmpty else { throw .malformed("octets after the root label") }
        self = try Name(labels: labels)
        return
      }
      guard Int(length) <= rest.count else { throw .malformed("label runs past the end") }
      labels.append(Array(rest.prefix(Int(length))))
      rest = rest.dropFirst(Int(length))
    }
    throw .malformed("no root label")
  }

  package var labels: [[UInt8]] {
    var labels: [[UInt8]] = []
    var index = 0
    while index < wire.count, wire[index] > 0 {
      let end = index + 1 + Int(wire[index])
      labels.append(Array(wire[(index + 1)..<end]))
      index = end
    }
    return labels
  }

  package var labelCount: Int {
    var count = 0
    var index = 0
    while index < wire.count, wire[index] > 0 {
      count += 1
      index += 1 + Int(wire[index])
    }
    return count
  }

  package var isRoot: Bool { wire.count == 1 }

  /// The name without its first label; nil for the root.
  package var parent: Name? {
    isRoot ? nil : Name(trusted: Array(wire[(1 + Int(wire[0]))...]))
  }

  /// The name itself, its parent, and so on up to and including the root.
  package var selfAndAncestors: [Name] {
    Array(sequence(first: self) { $0.parent })
  }

  package func isAtOrBelow(_ other: Name) -> Bool {
    guard wire.count >= other.wire.count else { return false }
    return ancestor(labelCount: other.labelCount) == other
  }

  /// The ancestor that has `labelCount` labels, or the name itself when it has no more than that.
  package func ancestor(labelCount: Int) -> Name {
    var name = self
    for _ in 0..<max(0, self.labelCount - labelCount) { name = name.parent ?? .root }
    return name
  }

  /// Puts the labels of `text` ("_dmarc", "rsa._domainkey") in front.
  package func prepending(_ text: String) throws(NameError) -> Name {
    try Name(text, origin: self)
  }

  package var isWildcard: Bool { wire.starts(with: [1, UInt8(ascii: "*")]) }
}

package enum NameError: Error, Hashable, CustomStringConvertible {
  case emptyLabel
  case labelTooLong(Int)
  case nameTooLong(Int)
  case badEscape
  case notASCII
  case malformed(String)

  package var description: String {
    switch self {
    case .emptyLabel: "a label is empty (two dots in a row, or a dot in front)"
    case .labelTooLong(let length):
      "a label has \(length) octets; at most \(Name.maximumLabelLength) are allowed"
    case .nameTooLong(let length):
      "the name has \(length) octets on the wire; at most \(Name.maximumWireLength) are allowed"
    case .badEscape: "a backslash must be followed by three digits up to 255 or by one other character"
    case .notASCII: "the name has characters outside ASCII; write it in A-labels (xn--…)"
    case .malformed(let what): "the name is malformed: \(what)"
    }
  }
}

// MARK: - Presentation form (RFC 1035 §5.1, RFC 4343)

extension Name {
  /// Text with or without a final dot is absolute; `@` has no meaning here.
  package init(_ text: String) throws(NameError) {
    try self.init(text, origin: .root)
  }

  /// Text without a final dot is relative to `origin`.
  package init(_ text: String, origin: Name) throws(NameError) {
    try self.init(octets: Array(text.utf8), origin: origin)
  }

  package init(octets: [UInt8], origin: Name) throws(NameError) {
    guard octets != [UInt8(ascii: ".")] else {
      self = .root
      return
    }
    var wire: [UInt8] = []
    var label: [UInt8] = []
    var index = 0
    var isAbsolute = false
    while index < octets.count {
      let octet = octets[index]
      index += 1
      isAbsolute = false
      switch octet {
      case UInt8(ascii: "."):
        try Self.append(label, to: &wire)
        label.removeAll(keepingCapacity: true)
        isAbsolute = true
      case UInt8(ascii: "\\"):
        guard let (value, length) = Escape.decode(octets[index...]) else { throw .badEscape }
        label.append(value)
        index += length
      case 0x80...: throw .notASCII
      default: label.append(octet)
      }
    }
    if !isAbsolute { try Self.append(label, to: &wire) }
    try self.init(front: wire, origin: isAbsolute ? .root : origin)
  }
}

extension Name: CustomStringConvertible {
  /// With a final dot; everything but letters, digits, `-`, `_`, `*` and `/` as `\DDD`, so that the text is safe
  /// in a zone file and reads back to the same name.
  package var description: String {
    isRoot ? "." : labels.map { Escape.label($0) + "." }.joined()
  }

  /// Without the final dot, for sentences.
  package var display: String {
    isRoot ? "." : String(description.dropLast())
  }
}

extension Name: Comparable {
  /// Canonical order (RFC 4034 §6.1): label by label from the right. Sorting is much of what an audit computes: no label
  /// is copied for it.
  package static func < (left: Name, right: Name) -> Bool {
    let (leftStarts, rightStarts) = (left.labelStarts, right.labelStarts)
    var depth = 1
    while depth <= min(leftStarts.count, rightStarts.count) {
      let leftStart = leftStarts[leftStarts.count - depth]
      let rightStart = rightStarts[rightStarts.count - depth]
      let (leftLength, rightLength) = (Int(left.wire[leftStart]), Int(right.wire[rightStart]))
      var offset = 1
      while offset <= min(leftLength, rightLength) {
        let (leftOctet, rightOctet) = (left.wire[leftStart + offset], right.wire[rightStart + offset])
        guard leftOctet == rightOctet else { return leftOctet < rightOctet }
        offset += 1
      }
      guard leftLength == rightLength else { return leftLength < rightLength }
      depth += 1
    }
    return leftStarts.count < rightStarts.count
  }

  /// Of each label's length octet, that of the root left out.
  private var labelStarts: [Int] {
    var starts: [Int] = []
    var index = 0
    while wire[index] > 0 {
      starts.append(index)
      index += 1 + Int(wire[index])
    }
    return starts
  }
}

extension Name: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(String(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws {
    try description.encode(to: encoder)
  }
}

extension UInt8 {
  package var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
  package var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}

/// The escapes of master files (RFC 1035 §5.1): `\DDD` and `\X`.
enum Escape {
  /// What follows a backslash: its value and how many octets it takes.
  static func decode(_ rest: ArraySlice<UInt8>) -> (value: UInt8, length: Int)? {
    guard let first = rest.first else { return nil }
    guard first.isASCIIDigit else { return (first, 1) }
    let digits = rest.prefix(3)
    guard digits.count == 3, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return value <= 255 ? (UInt8(value), 3) : nil
  }

  static func label(_ label: [UInt8]) -> String {
    var text = ""
    for octet in label {
      switch octet {
      case 0x30...0x39, 0x61...0x7A, 0x41...0x5A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"),
        UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(octet))
      default: text += decimal(octet)
      }
    }
    return text
  }

  static func quoted(_ octets: [UInt8]) -> String {
    var text = "\""
    for octet in octets {
      switch octet {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += decimal(octet)
      case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(octet))
      default: text += decimal(octet)
      }
    }
    return text + "\""
  }

  private static func decimal(_ octet: UInt8) -> String {
    let digits = String(octet)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
