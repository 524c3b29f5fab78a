/// What can be wrong with a DMARC record, as data: a kind, and where it is.
package import TagList

package struct DMARCFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the joined text; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case version(DMARCNearMiss)
    /// The text has nothing of a DMARC record.
    case notDMARC
    /// The tag, or what should be one, is dropped where it cannot be read (RFC 9989 §4.7); the first of a
    /// repeated tag counts here, and implementations differ.
    case syntax(TagFault.Kind)
    case policyMissing
    case policyInvalid
    case subdomainPolicyInvalid
    case nonexistentPolicyInvalid
    /// `p` is not the second tag, as RFC 7489 §6.3 wanted it.
    case policyNotSecond
    case alignmentInvalid
    case suffixFlagInvalid
    case modeInvalid
    case failureOptionsInvalid
    /// `fo` without `ruf` has no effect (RFC 9989 §4.7).
    case failureOptionsUnused
    case reportURI(ReportURIError)
    /// A valid URI that no receiver sends reports to: not `mailto:`.
    case reportURIScheme
    /// `!10m` behind a URI (RFC 7489 §6.2), which is no longer part of the grammar.
    case reportURISize
    /// `pct`, `rf` or `ri` of RFC 7489.
    case historicTag
    case unknownTag
    /// The name of a known tag in capitals: another tag (RFC 6376 §3.2), and so an unknown one.
    case tagNameNotLowerCase
  }
}

/// How a text misses being a DMARC record.
package enum DMARCNearMiss: Hashable, Sendable, CaseIterable {
  case leadingWhiteSpace
  case leadingQuote
  case byteOrderMark
  case wrongCase
  case wrongVersion
  case missingSemicolon
  case versionNotFirst
  case versionMissing
}

extension DMARCFault.Kind {
  /// One of the faults that cost the record all of its policies (RFC 9989 §4.10.1).
  package var discardsPolicies: Bool {
    switch self {
    case .policyInvalid, .subdomainPolicyInvalid, .nonexistentPolicyInvalid: true
    case .version, .notDMARC, .syntax, .policyMissing, .policyNotSecond, .alignmentInvalid,
      .suffixFlagInvalid,
      .modeInvalid, .failureOptionsInvalid, .failureOptionsUnused, .reportURI, .reportURIScheme,
      .reportURISize,
      .historicTag, .unknownTag, .tagNameNotLowerCase:
      false
    }
  }
}

extension DMARCFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version(let miss): miss.description
    case .notDMARC: "This is no DMARC record."
    case .syntax(let kind): kind.description
    case .policyMissing: "The tag p, which holds the policy, is missing."
    case .policyInvalid: "The value of p is not none, quarantine or reject."
    case .subdomainPolicyInvalid:
      "The value of sp is not none, quarantine or reject, which voids the whole policy."
    case .nonexistentPolicyInvalid:
      "The value of np is not none, quarantine or reject, which voids the whole policy."
    case .policyNotSecond: "The tag p does not follow v directly, where older receivers look for it."
    case .alignmentInvalid: "The value of adkim or aspf is neither r nor s; r is assumed."
    case .suffixFlagInvalid: "The value of psd is not y, n or u; u is assumed."
    case .modeInvalid: "The value of t is neither y nor n; n is assumed."
    case .failureOptionsInvalid:
      "The value of fo is not a list of 0, 1, d and s, or holds both 0 and 1; 0 is assumed."
    case .failureOptionsUnused: "The tag fo has no effect without ruf."
    case .reportURI(let error): error.description
    case .reportURIScheme: "Reports are sent to mailto: addresses only."
    case .reportURISize: "A size limit behind a report address is obsolete."
    case .historicTag: "The tags pct, rf and ri are obsolete; only older receivers honour them."
    case .unknownTag: "A tag is unknown, and ignored."
    case .tagNameNotLowerCase: "The name of a tag is in capitals, so that receivers do not recognise it."
    }
  }
}

extension DMARCNearMiss: CustomStringConvertible {
  package var description: String {
    switch self {
    case .leadingWhiteSpace: "White space in front of v=DMARC1 makes receivers ignore the record."
    case .leadingQuote: "A quote or backslash in front of v=DMARC1 makes receivers ignore the record."
    case .byteOrderMark:
      "An invisible byte order mark in front of v=DMARC1 makes receivers ignore the record."
    case .wrongCase:
      "Receivers ignore the record: v=DMARC1 must be written exactly so, v small and DMARC large."
    case .wrongVersion: "Receivers ignore the record: the value of v is not exactly DMARC1."
    case .missingSemicolon: "Receivers ignore the record: a semicolon must follow v=DMARC1."
    case .versionNotFirst: "Receivers ignore the record: v=DMARC1 is not its first tag."
    case .versionMissing: "Receivers ignore the record: it does not begin with v=DMARC1."
    }
  }
}
