/// What the CAA records of one name mean together: may this authority issue (RFC 8659 §4.2, §4.3, RFC 9495
/// §4)?
package import DNSData

package struct CAARecordSet: Hashable, Sendable {
  /// In the order given.
  package let properties: [CAAProperty]

  package init(_ records: [CAA]) { properties = records.map { CAAProperty($0) } }

  package func properties(_ tag: CAATag) -> [CAAProperty] { properties.filter { $0.tag == tag } }

  /// `authority` is the issuer domain name of a certification authority ("letsencrypt.org").
  package func permission(for authority: Name, to request: CAARequest) -> CAAPermission {
    // RFC 8659 §4.1: whatever else is there.
    if properties.contains(where: { $0.isCritical && $0.tag == nil }) {
      return .forbidden(.criticalTagUnknown)
    }
    let issuers = restriction(of: request).compactMap(\.issuer)
    guard !issuers.isEmpty else { return .unrestricted }
    let allowing = issuers.filter { $0.domain == authority }
    let satisfiable = allowing.filter { !$0.isUnsatisfiable }
    guard satisfiable.isEmpty else { return .allowed(satisfiable) }
    guard allowing.isEmpty else { return .forbidden(.conditionsUnsatisfiable) }
    return .forbidden(issuers.contains { $0.domain != nil } ? .otherAuthorities : .nobody)
  }

  /// The properties that decide; none of them means that nothing is restricted.
  private func restriction(of request: CAARequest) -> [CAAProperty] {
    switch request {
    case .host: return properties(.issue)
    case .wildcard:
      // RFC 8659 §4.3: if there is any issuewild, every issue is ignored.
      let wildcard = properties(.issueWild)
      return wildcard.isEmpty ? properties(.issue) : wildcard
    // RFC 9495 §4: issue and issuewild do not limit certificates for mail.
    case .mailAddress: return properties(.issueMail)
    case .mark: return properties(.issueMark)
    }
  }
}

/// What a certificate is asked for.
package enum CAARequest: Hashable, Sendable, CaseIterable {
  case host
  /// `*.` in front of the name.
  case wildcard
  /// S/MIME.
  case mailAddress
  /// The picture of BIMI.
  case mark
}

package enum CAAPermission: Hashable, Sendable {
  /// No property speaks of such certificates.
  case unrestricted
  /// By these properties, each with its own conditions.
  case allowed([CAAIssuer])
  case forbidden(CAARefusal)

  package var isForbidden: Bool {
    switch self {
    case .unrestricted, .allowed: false
    case .forbidden: true
    }
  }
}

package enum CAARefusal: Hashable, Sendable, CaseIterable {
  case criticalTagUnknown
  case otherAuthorities
  case nobody
  case conditionsUnsatisfiable
}

extension CAARefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .criticalTagUnknown: "A property that no authority knows is marked critical."
    case .otherAuthorities: "Other authorities are named, this one is not."
    case .nobody: "No authority may issue."
    case .conditionsUnsatisfiable: "The authority is named under conditions that nobody can fulfil."
    }
  }
}
