// The vocabulary of what can be wrong or odd in the text of a record (RFC 7208
// §12). Faults that show only when names are looked up belong to SPFVerdict and
// SPFTree.

/// What is wrong with a record's text (RFC 7208 §12). Any one of these makes the whole record a permanent error for
/// every receiver (§4.6); what is legal but odd is an `SPFRemark`.
package struct SPFFault: Hashable, Sendable {
  package let kind: SPFFaultKind
  /// Octet offsets of the fault in the joined text of the record.
  package let range: Range<Int>
  /// The term that the fault is in, as published; octets of a stranger.
  package let term: [UInt8]
  /// Octet offsets of that term.
  package let termRange: Range<Int>
}

package enum SPFFaultKind: Hashable, Sendable {
  /// Neither a name with `:` or `/` behind it nor a name with `=` (`-`, `=all`, `1up=x`, `192.0.2.1`).
  case syntax
  /// Lower-case name; ASCII letters, digits, `-`, `_`, `.` only.
  case unknownMechanism(String)
  /// `-redirect=…`: only mechanisms take a qualifier (§4.6.1). Lower-case name.
  case qualifiedModifier(String)
  /// `redirect` or `exp` a second time (§6); lower case.
  case duplicateModifier(String)
  /// `all:…`, `all/8` (§5.1).
  case unexpectedArgument
  /// `include`, `exists:`, `a:`, `redirect=`: the domain is not there.
  case missingDomain
  /// `ip4`, `ip6:`: the address is not there.
  case missingAddress
  case badIP4(SPFAddressFault)
  case badIP6(SPFAddressFault)
  /// Not a number, a leading zero, or more than 32 or 128.
  case badPrefixLength
  /// A prefix length where the mechanism takes none (`include`, `exists`, `ptr`, a second one on `ip4` or `ip6`).
  case unexpectedPrefixLength
  case badMacro(SPFMacroFault)
  case malformedDomain(SPFDomainFault)
  /// A complete term goes on: `ip4:192.0.2.1,192.0.2.2`, `a:example.com:25`, `mx,`. The range is what is too much.
  case trailingGarbage
  /// Octets above 127, such as a domain in U-labels (§4.8 wants A-labels) or a byte order mark.
  case nonASCII
  /// A control character, also TAB: only spaces separate terms (§12).
  case illegalCharacter(UInt8)
}

package enum SPFAddressFault: Hashable, Sendable {
  /// An IPv6 address in `ip4`, or the other way round.
  case otherFamily
  /// An octet written like `010` (§12 `qnum`).
  case leadingZero
  case malformed
}

/// RFC 7208 §7.1.
package enum SPFMacroFault: Hashable, Sendable {
  /// `%` without `{`, `%`, `-` or `_` behind it.
  case strayPercent
  case unterminated
  /// No letter at all: `%{}`, `%{1}`.
  case missingLetter
  case unknownLetter(UInt8)
  /// `c`, `r` and `t` are for explanation texts only (§7.2).
  case explanationOnly(UInt8)
  /// `%{d0}`: the number of labels must not be zero (§7.3).
  case zeroLabels
  /// Something other than digits, `r` and delimiters between letter and brace.
  case badTransformer
}

/// How the end of a domain-spec breaks the grammar of `domain-end` (RFC 7208 §7.1).
package enum SPFDomainFault: Hashable, Sendable {
  /// An address where a name belongs: `a:192.0.2.1`.
  case address
  /// One label only: `include:example`, or text glued to a macro without a dot.
  case singleLabel
  case numericTopLabel
  /// Empty, or with something other than letters, digits and inner hyphens.
  case badTopLabel
}

/// What the grammar allows and nobody means.
package struct SPFRemark: Hashable, Sendable {
  package let kind: SPFRemarkKind
  /// Octet offsets in the joined text of the record.
  package let range: Range<Int>
}

package enum SPFRemarkKind: Hashable, Sendable {
  /// `ip4:192.0.2.1/24`: receivers ignore the bits behind the prefix (§5.6).
  case hostBits
  /// `ip6:::ffff:192.0.2.1`: never matches, such clients are treated as IPv4 (§5).
  case mappedAddress
  /// `include:a.example,include:b.example` is one name to the grammar, one that cannot exist.
  case listInDomain
  /// `include=example.com` is an unknown modifier and ignored; lower case.
  case mechanismAsModifier(String)
  /// `v=spf1` inside the record is an unknown modifier: two records were pasted into one.
  case secondVersion
}
