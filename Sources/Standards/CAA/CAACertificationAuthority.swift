/// Which issuer domain names a certification authority goes by in CAA records (RFC 8659 §4.2), found by the
/// organisation that its certificates name as their issuer: the two have nothing in common but the authority's word.
///
/// The names are those that the authorities' practice statements give. Names that belong together by purchase or
/// resale stand together: one too many keeps silent, one missing would cry wolf. Of an organisation that is not here
/// nothing is known.
package import DNSData

package struct CAACertificationAuthority: Hashable, Sendable {
  /// As certificates write them.
  package let organizations: [String]
  /// The first is the one to publish; names below them are the authority's too.
  package let domains: [Name]

  private init(_ organizations: [String], _ domains: [String]) {
    self.organizations = organizations
    self.domains = domains.compactMap { try? Name($0) }
  }

  /// nil for an organisation that is not known.
  package init?(organization: String) {
    let wanted = organization.lowercased()
    let found = Self.known.first { $0.organizations.contains { $0.lowercased() == wanted } }
    guard let found else { return nil }
    self = found
  }

  /// Whether the records let it issue, under whichever of its names; a refusal that all of them get.
  package func permission(under records: CAARecordSet, to request: CAARequest) -> CAAPermission {
    let named = records.properties.compactMap { $0.issuer?.domain }.filter { name in
      domains.contains { name.isAtOrBelow($0) }
    }
    var refusal: CAAPermission?
    for name in named + domains.prefix(1) {
      let permission = records.permission(for: name, to: request)
      guard permission.isForbidden else { return permission }
      refusal = refusal ?? permission
    }
    return refusal ?? .unrestricted
  }

  /// Sectigo and SSL.com issue under Entrust's names too.
  private static let entrust = ["entrust.net", "affirmtrust.com"]
  private static let sectigo = [
    "sectigo.com", "usertrust.com", "trust-provider.com", "comodo.com", "comodoca.com",
  ]
  private static let amazon = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"]
  private static let digicert =
    [
      "digicert.com", "digicert.ne.jp", "cybertrust.ne.jp", "symantec.com", "thawte.com", "geotrust.com",
      "rapidssl.com", "quovadisglobal.com", "digitalcertvalidation.com", "pkioverheid.nl",
    ] + amazon

  package static let known = [
    Self(["Let's Encrypt", "Internet Security Research Group"], ["letsencrypt.org"]),
    Self(["Google Trust Services", "Google Trust Services LLC"], ["pki.goog", "google.com"]),
    // The last five are authorities of Sectigo's under the names of customers.
    Self(
      [
        "Sectigo Limited", "COMODO CA Limited", "The USERTRUST Network", "ZeroSSL", "cPanel, Inc.", "Gandi",
        "Gandi SAS", "GEANT Vereniging",
      ],
      sectigo + entrust),
    Self(["DigiCert Inc", "DigiCert, Inc.", "DigiCert Ireland Limited"], digicert),
    Self(["QuoVadis Limited"], ["quovadisglobal.com"]),
    Self(["Entrust, Inc.", "Entrust Limited"], entrust + sectigo + ["ssl.com"]),
    Self(["GlobalSign", "GlobalSign nv-sa"], ["globalsign.com"]),
    Self(["Amazon"], amazon),
    Self(["Buypass AS-983163327"], ["buypass.com", "buypass.no"]),
    Self(["SSL Corporation", "SSL Corp"], ["ssl.com"] + entrust),
    Self(["Actalis S.p.A.", "Actalis S.p.A./03358520967"], ["actalis.it"]),
    Self(["Unizeto Technologies S.A.", "Asseco Data Systems S.A."], ["certum.pl", "certum.eu"]),
    Self(
      ["GoDaddy.com, Inc.", "Starfield Technologies, Inc."], ["godaddy.com", "starfieldtech.com"]),
    Self(["IdenTrust", "IdenTrust, Inc."], ["identrust.com"]),
    Self(["Hellenic Academic and Research Institutions CA"], ["harica.gr"]),
    Self(
      ["SwissSign AG"],
      [
        "swisssign.com", "swisssign.net", "swisssign.ch", "swisssign.li", "swisssign.org", "swisssign.biz",
      ]),
    Self(["D-Trust GmbH"], ["d-trust.net", "dtrust.de", "d-trust.de", "dtrust.net"]),
    Self(["Deutsche Telekom Security GmbH"], ["telesec.de", "pki.dfn.de", "dfn.de"]),
    Self(["Microsoft Corporation"], ["microsoft.com", "digicert.com"]),
  ]
}
