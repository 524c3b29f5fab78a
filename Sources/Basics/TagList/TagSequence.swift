/// The tag=value lists that DKIM, DMARC, MTA-STS, TLS reporting and BIMI publish in TXT records, read over
/// octets (RFC 6376 §3.2, RFC 9989 §4.8, RFC 8461 §3.1).
///
/// Reading never stops at a fault: what can be understood is kept, and every fault is listed with its place.
/// What a tag means, and what a fault costs, is for the standard to say. Names are compared by case (RFC 6376
/// §3.2).
package struct TagSequence: Hashable, Sendable {
  /// The standards share the list but not every detail of it.
  package enum Grammar: Hashable, Sendable {
    /// Names of letters, digits and `_`; empty values; white space may hold folded lines.
    case rfc6376
    /// Names of letters only, no empty value, no line break anywhere (RFC 9989 §4.8).
    case rfc9989
    /// Names of up to 32 letters, digits, `_`, `-` and `.`; no empty value, nothing around the `=` (RFC 8461
    /// §3.1, RFC 8460 §3).
    case rfc8461
  }

  /// A tag whose name is legal. Ranges count octets from the start of the text.
  package struct Tag: Hashable, Sendable {
    /// ASCII letters, digits, `_`, `-` and `.`, as written.
    package let name: String
    /// As written, without the white space around it.
    package let value: [UInt8]
    package let nameRange: Range<Int>
    package let valueRange: Range<Int>

    /// The value without any white space, also inside.
    package var unfoldedValue: [UInt8] { value.filter { !$0.isFoldingWhiteSpace } }
  }

  package let grammar: Grammar
  /// In the order of the text; a name that comes twice is here twice.
  package let tags: [Tag]
  /// In the order of the text.
  package let faults: [TagFault]

  package init(_ octets: [UInt8], grammar: Grammar) {
    var reader = TagReader(octets: octets, grammar: grammar)
    reader.readList()
    self.grammar = grammar
    self.tags = reader.tags
    self.faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The first tag of that name: the one that counts where a repeated tag is not fatal.
  package subscript(name: String) -> Tag? { tags.first { $0.name == name } }
}

/// One fault of a tag list; `range` counts octets from the start of the text and lies inside it.
package struct TagFault: Hashable, Sendable {
  package let kind: Kind
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable, CaseIterable {
    case emptyElement
    case missingEquals
    case emptyName
    case illegalName
    case emptyValue
    case illegalOctet
    case notASCII
    case duplicate
    case spaceAroundEquals
  }
}

extension TagFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .emptyElement: "There is nothing between two semicolons, or no tag at all."
    case .missingEquals: "A tag has no “=” between its name and its value."
    case .emptyName: "A tag has no name in front of its “=”."
    case .illegalName: "The name of a tag has a character that names must not have."
    case .emptyValue: "A tag has no value."
    case .illegalOctet: "The value of a tag has a control character or a line break in it."
    case .notASCII: "The value of a tag has characters outside ASCII."
    case .duplicate: "A tag is there more than once."
    case .spaceAroundEquals: "There is white space around the “=” of a tag, where none is allowed."
    }
  }
}
