/// What can be wrong with an MTA-STS policy, as data: a kind, what it costs, and where it is.
package struct MTASTSPolicyFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the body; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case empty
    case html
    case byteOrderMark
    case tooLarge
    /// CR that is not followed by LF.
    case bareCarriageReturn
    case emptyLine
    case leadingWhiteSpace
    case tab
    case missingColon
    case illegalName
    case fieldNameNotLowerCase
    case emptyValue
    case illegalOctet
    case notUTF8
    case duplicate
    case versionMissing
    case versionInvalid
    case modeMissing
    case modeInvalid
    case maxAgeMissing
    case maxAgeInvalid
    case maxAgeTooLarge
    case patternsMissing
    case pattern(MTASTSPatternError)
  }

  package enum Effect: Hashable, Sendable {
    case discardsPolicy
    /// The line does not count; strict senders discard the policy for it.
    case dropsLine
    case warns
  }
}

extension MTASTSPolicyFault.Kind {
  package var effect: MTASTSPolicyFault.Effect {
    switch self {
    case .empty, .html, .byteOrderMark, .tooLarge, .bareCarriageReturn, .versionMissing, .versionInvalid,
      .modeMissing, .modeInvalid, .maxAgeMissing, .maxAgeInvalid, .maxAgeTooLarge, .patternsMissing:
      .discardsPolicy
    case .leadingWhiteSpace, .missingColon, .illegalName, .fieldNameNotLowerCase, .emptyValue, .illegalOctet,
      .notUTF8, .pattern:
      .dropsLine
    case .emptyLine, .tab, .duplicate: .warns
    }
  }
}

extension MTASTSPolicyFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "The policy is empty."
    case .html: "This is a web page, no policy."
    case .byteOrderMark:
      "An invisible byte order mark in front of the policy makes its first line unreadable."
    case .tooLarge: "The policy has more than \(MTASTSPolicy.maximumSize) octets; senders need not read it."
    case .bareCarriageReturn: "A line ends with CR alone; LF or CRLF must end it."
    case .emptyLine: "There is an empty line, which the grammar does not know."
    case .leadingWhiteSpace: "A line begins with white space, so that its field is not recognised."
    case .tab: "There is a tab, which some senders cannot read."
    case .missingColon: "A line has no colon between a field and its value."
    case .illegalName: "The name of a field is empty, too long, or has a character that names must not have."
    case .fieldNameNotLowerCase: "The name of a field is in capitals, so that senders do not recognise it."
    case .emptyValue: "A field has no value."
    case .illegalOctet: "The value of a field has a control character in it."
    case .notUTF8: "The value of a field is not UTF-8."
    case .duplicate: "A field other than mx is there more than once; the first counts."
    case .versionMissing: "The field version is missing."
    case .versionInvalid: "The value of version is not exactly \(MTASTSPolicy.version)."
    case .modeMissing: "The field mode is missing."
    case .modeInvalid: "The value of mode is not exactly enforce, testing or none."
    case .maxAgeMissing: "The field max_age is missing."
    case .maxAgeInvalid: "The value of max_age is no number of seconds."
    case .maxAgeTooLarge: "The value of max_age is above \(MTASTSPolicy.maximumMaxAge) seconds, about a year."
    case .patternsMissing: "No mx line names the hosts that may receive the mail."
    case .pattern(let error): error.description
    }
  }
}
