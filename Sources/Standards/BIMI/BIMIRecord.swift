/// A BIMI assertion record (draft-brand-indicators-for-message-identification §4.3): where a brand's picture
/// and the evidence for it are. The draft is no standard; what is not published is no fault.
package import DNSData
package import TagList
package import URISyntax

package struct BIMIRecord: Hashable, Sendable {
  package static let version = "BIMI1"

  /// The strings of the TXT record joined without anything between them (RFC 7208 §3.3).
  package let octets: [UInt8]
  package let tags: TagSequence
  package let standing: VersionStanding
  /// The `l` tag.
  package let indicator: BIMILocation
  /// The `a` tag; absent means the same as empty.
  package let evidence: BIMILocation
  package let avatar: BIMIAvatarPreference
  package let selectors: BIMISelectorSource
  /// In the order of the text.
  package let faults: [BIMIFault]

  package init(_ octets: [UInt8]) {
    var reader = BIMIReader(octets)
    reader.read()
    self.octets = octets
    tags = reader.tags
    standing = reader.standing
    indicator = reader.indicator
    evidence = reader.evidence
    avatar = reader.avatar
    selectors = reader.selectors
    faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The domain says that it shows no picture (draft §4.3.1).
  package var isDeclination: Bool {
    standing == .exact && indicator == .empty && (evidence == .empty || evidence == .absent)
  }

  /// The verdict in one word.
  package var usability: BIMIUsability {
    switch standing {
    case .unrelated: .ignored
    case .nearMiss: .error
    case .exact:
      if faults.contains(where: \.kind.discardsRecord) { .error } else { isDeclination ? .declined : .ok }
    }
  }
}

package enum BIMILocation: Hashable, Sendable {
  case absent
  case empty
  case uri(URI)
  /// Not one `https:` address with a host name.
  case invalid
}

/// The `avp` tag.
package enum BIMIAvatarPreference: String, Hashable, Sendable, CaseIterable {
  case brand, personal
}

/// The `lps` tag: whether the local part of the sender chooses another record.
package enum BIMISelectorSource: String, Hashable, Sendable, CaseIterable {
  case headerOnly = "false"
  case localPart = "true"
}

package enum BIMIUsability: String, Hashable, Sendable, CaseIterable {
  case ok
  case declined
  /// No BIMI record: another TXT record.
  case ignored
  /// Meant as one, and discarded.
  case error
}

/// Where records are (draft §4.3).
package enum BIMIName {
  package static let defaultSelector = "default"

  /// nil if that makes no valid name.
  package static func of(selector: String = defaultSelector, domain: Name) -> Name? {
    try? domain.prepending("_bimi").prepending(selector)
  }
}

// MARK: - Faults

package struct BIMIFault: Hashable, Sendable {
  package let kind: Kind
  /// Octets from the start of the joined text; empty and at the end where something is missing.
  package let range: Range<Int>

  package enum Kind: Hashable, Sendable {
    case version(VersionMiss)
    /// The text has nothing of a BIMI record.
    case notBIMI
    case syntax(TagFault.Kind)
    case locationMissing
    case location(URIError)
    case locationNotHTTPS
    /// A comma: one location only, or it must be encoded.
    case locationList
    case locationWithoutHost
    /// `a` names evidence, `l` is empty.
    case evidenceWithoutIndicator
    /// The path does not end with `.svg` or `.svgz`.
    case indicatorNotSVG
    case avatarInvalid
    case selectorSourceInvalid
    case unknownTag
    /// The name of a known tag in capitals: another tag.
    case tagNameNotLowerCase
  }
}

extension BIMIFault.Kind {
  /// Receivers must not mend errors of syntax (draft §4.3).
  package var discardsRecord: Bool {
    switch self {
    case .version, .notBIMI, .syntax, .locationMissing, .location, .locationNotHTTPS, .locationList,
      .locationWithoutHost, .evidenceWithoutIndicator:
      true
    case .indicatorNotSVG, .avatarInvalid, .selectorSourceInvalid, .unknownTag, .tagNameNotLowerCase: false
    }
  }
}

extension BIMIFault.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version(let miss): miss.sentence(version: BIMIRecord.version)
    case .notBIMI: "This is no BIMI record."
    case .syntax(let kind): kind.description
    case .locationMissing: "The tag l, which says where the picture is, is missing."
    case .location(let error): error.description
    case .locationNotHTTPS: "The address of the picture or the evidence does not begin with https:."
    case .locationList:
      "The address of the picture or the evidence has a comma; there may be one address only."
    case .locationWithoutHost: "The address of the picture or the evidence has no host name."
    case .evidenceWithoutIndicator: "The tag a names evidence, but l says that there is no picture."
    case .indicatorNotSVG: "The address of the picture ends neither with .svg nor with .svgz."
    case .avatarInvalid: "The value of avp is neither brand nor personal; brand is assumed."
    case .selectorSourceInvalid: "The value of lps is neither true nor false; false is assumed."
    case .unknownTag: "A tag is unknown, and ignored."
    case .tagNameNotLowerCase: "The name of a tag is in capitals, so that receivers do not recognise it."
    }
  }
}
