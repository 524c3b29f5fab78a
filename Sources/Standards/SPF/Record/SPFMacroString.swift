// Macro strings and domain-specs as values (RFC 7208 §7.1), and their canonical
// text. Parsing is in MacroParser.swift and DomainSpecParser.swift, expansion in
// SPFExpansion.swift.

/// A text with macros (RFC 7208 §7.1), as parsed; `SPFExpansion` puts values in.
package struct SPFMacroString: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    /// Visible ASCII without `%`; in an explanation text also spaces.
    case literal([UInt8])
    case escape(SPFEscape)
    case macro(SPFMacro)
  }

  package let pieces: [Piece]

  package var letters: Set<SPFMacroLetter> {
    Set(
      pieces.compactMap { piece in
        switch piece {
        case .literal, .escape: nil
        case .macro(let macro): macro.letter
        }
      })
  }
}

package enum SPFEscape: UInt8, Hashable, Sendable {
  /// `%%`
  case percent = 0x25
  /// `%_`
  case space = 0x5F
  /// `%-`, a space in URLs
  case encodedSpace = 0x2D

  var expansion: [UInt8] {
    switch self {
    case .percent: Array("%".utf8)
    case .space: Array(" ".utf8)
    case .encodedSpace: Array("%20".utf8)
    }
  }
}

/// RFC 7208 §7.2.
package enum SPFMacroLetter: UInt8, Hashable, Sendable {
  case sender = 0x73  // s
  case localPart = 0x6C  // l
  case senderDomain = 0x6F  // o
  case domain = 0x64  // d
  case address = 0x69  // i
  case validatedName = 0x70  // p
  case addressFamily = 0x76  // v
  case helo = 0x68  // h
  case addressText = 0x63  // c
  case receiver = 0x72  // r
  case time = 0x74  // t

  var isForExplanationsOnly: Bool {
    switch self {
    case .addressText, .receiver, .time: true
    case .sender, .localPart, .senderDomain, .domain, .address, .validatedName, .addressFamily, .helo: false
    }
  }
}

/// `%{` letter, digits, `r`, delimiters `}`.
package struct SPFMacro: Hashable, Sendable {
  package enum Escaping: Hashable, Sendable {
    case none
    /// The letter stands in upper case (RFC 7208 §7.3).
    case url
  }

  package enum Order: Hashable, Sendable { case asIs, reversed }

  package let letter: SPFMacroLetter
  package let escaping: Escaping
  /// How many parts on the right are kept; nil for all.
  package let kept: Int?
  package let order: Order
  /// Empty for the dot.
  package let delimiters: [UInt8]

  static let delimiterOctets = Set(".-+,/_=".utf8)
}

extension SPFMacroString: CustomStringConvertible {
  /// The canonical text, which parses to an equal value.
  package var description: String { String(decoding: octets, as: UTF8.self) }

  var octets: [UInt8] {
    pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .literal(let octets): octets
      case .escape(let escape): [UInt8(ascii: "%"), escape.rawValue]
      case .macro(let macro): macro.octets
      }
    }
  }
}

extension SPFMacro {
  fileprivate var octets: [UInt8] {
    let letter =
      switch escaping {
      case .none: letter.rawValue
      case .url: letter.rawValue & ~0x20
      }
    let digits = kept.map { Array(String($0).utf8) } ?? []
    let reverse: [UInt8] =
      switch order {
      case .asIs: []
      case .reversed: [UInt8(ascii: "r")]
      }
    return Array("%{".utf8) + [letter] + digits + reverse + delimiters + Array("}".utf8)
  }
}

/// Where a name is wanted: a macro string that ends in a macro or in a dot and a top label (RFC 7208 §7.1).
package struct SPFDomainSpec: Hashable, Sendable, CustomStringConvertible {
  package let text: SPFMacroString

  package var description: String { text.description }

  /// Does the name depend on nothing but the domains involved, or on the client and the message too?
  package var dependsOnClient: Bool { !text.letters.isSubset(of: [.domain, .senderDomain]) }
}
