/// One CAA record by its meaning (RFC 8659 §4, RFC 9495): whom it lets issue certificates, or where to
/// complain.
///
/// A value that the grammar does not know forbids (RFC 8659 §4.2); the parameters of RFC 8657 are read.
package import DNSData
package import URISyntax

package struct CAAProperty: Hashable, Sendable {
  package let record: CAA
  /// nil for a tag that nobody registered.
  package let tag: CAATag?
  package let content: CAAContent
  /// In the order of the record.
  package let faults: [CAAFault]

  package init(_ record: CAA) {
    var reader = CAAPropertyReader(record)
    reader.read()
    self.record = record
    tag = reader.tag
    content = reader.content
    faults = reader.faults
  }

  /// An authority that does not know the property must not issue (RFC 8659 §4.1).
  package var isCritical: Bool { record.flags & CAAFlags.critical != 0 }

  /// Whom it allows to issue; nil where it says nothing about that.
  package var issuer: CAAIssuer? {
    if case .issuer(let issuer) = content { issuer } else { nil }
  }
}

package enum CAAFlags {
  package static let critical: UInt8 = 128  // RFC 8659 §4.1, bit 0
}

/// Registered tags (IANA "Certification Authority Restriction Properties"); case does not count.
package enum CAATag: String, Hashable, Sendable, CaseIterable {
  case issue  // RFC 8659 §4.2
  case issueWild = "issuewild"  // RFC 8659 §4.3
  case issueMail = "issuemail"  // RFC 9495 §3
  case issueMark = "issuevmc"  // certificates for the pictures of BIMI
  case iodef  // RFC 8659 §4.4
  case contactEmail = "contactemail"  // CA/Browser Forum Baseline Requirements A.1.1
  case contactPhone = "contactphone"  // CA/Browser Forum Baseline Requirements A.1.2

  package var restrictsIssuance: Bool {
    switch self {
    case .issue, .issueWild, .issueMail, .issueMark: true
    case .iodef, .contactEmail, .contactPhone: false
    }
  }
}

package enum CAAContent: Hashable, Sendable {
  case issuer(CAAIssuer)
  /// Of `iodef`: `mailto:`, `http:` or `https:`.
  case report(URI)
  /// Contacts, and the values of unknown tags.
  case unread
  /// An `iodef` that leads nowhere.
  case invalid
}

/// The value of `issue` and its kin (RFC 8659 §4.2).
package struct CAAIssuer: Hashable, Sendable {
  /// nil lets nobody issue: the value names none, or is malformed.
  package let domain: Name?
  package let parameters: [CAAParameter]
  package let account: CAAAccountCondition
  package let methods: CAAMethodCondition

  /// The parameters leave no way to issue (RFC 8657 §3, §4).
  package var isUnsatisfiable: Bool { account == .unsatisfiable || methods == .unsatisfiable }
}

package struct CAAParameter: Hashable, Sendable {
  /// In lower case: letters, digits and `-`.
  package let tag: String
  /// Printable ASCII without `;`.
  package let value: [UInt8]
  /// In octets of the property's value.
  package let range: Range<Int>
}

/// `accounturi` (RFC 8657 §3).
package enum CAAAccountCondition: Hashable, Sendable {
  case any
  case only(URI)
  case unsatisfiable
}

/// `validationmethods` (RFC 8657 §4).
package enum CAAMethodCondition: Hashable, Sendable {
  case any
  /// Labels as registered for ACME, or with `ca-` in front.
  case only([String])
  case unsatisfiable
}

// MARK: - Faults

package struct CAAFault: Hashable, Sendable {
  package let kind: Kind
  package let field: CAAField
  /// Octets within the field.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case reservedFlags
    case tagInvalid
    case tagNotLowerCase
    case criticalTagUnknown
    case issuerInvalid
    case parameterEmpty
    case parameterInvalid
    case accountInvalid
    case accountRepeated
    case methodsInvalid
    case methodsRepeated
    /// Neither registered for ACME nor an authority's own.
    case methodUnknown
    case reportAddress(URIError)
    case reportSchemeUnsupported
  }
}

package enum CAAField: Hashable, Sendable, CaseIterable {
  case flags, tag, value
}

extension CAAFault.Kind {
  /// Nobody may issue by this property (RFC 8659 §4.2), nor by its set if its tag is critical.
  package var forbidsIssuance: Bool {
    switch self {
    case .criticalTagUnknown, .issuerInvalid, .parameterEmpty, .parameterInvalid, .accountInvalid,
      .accountRepeated, .methodsInvalid, .methodsRepeated:
      true
    case .reservedFlags, .tagInvalid, .tagNotLowerCase, .methodUnknown, .reportAddress,
      .reportSchemeUnsupported:
      false
    }
  }
}

extension CAAFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .reservedFlags: "Flags are set that have no meaning; the critical one is 128."
    case .tagInvalid: "The tag is empty, or has other characters than letters and digits."
    case .tagNotLowerCase: "The tag is in capitals, which some authorities may not recognise."
    case .criticalTagUnknown: "The tag is unknown and marked critical, so that no authority may issue."
    case .issuerInvalid: "The name of the authority is no domain name, so that the property forbids."
    case .parameterEmpty:
      "There is nothing between two semicolons or after the last, which the grammar forbids."
    case .parameterInvalid: "A parameter is not a tag, an equals sign and a value without blanks."
    case .accountInvalid: "The value of accounturi is no URI, so that no account fulfils it."
    case .accountRepeated: "The parameter accounturi is there more than once, so that no account fulfils it."
    case .methodsInvalid: "The value of validationmethods is no list of methods, so that none is allowed."
    case .methodsRepeated: "The parameter validationmethods is there more than once, so that none is allowed."
    case .methodUnknown: "A validation method is neither registered nor an authority's own."
    case .reportAddress(let error): error.description
    case .reportSchemeUnsupported:
      "The address for reports begins neither with mailto: nor with http: or https:."
    }
  }
}
