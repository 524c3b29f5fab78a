package import DNSData

extension SuffixList {
  /// Do both names lie below one registrable domain? Then one owner can change what both say.
  package static func shareOrganisation(_ one: Name, _ other: Name) -> Bool {
    guard let domain = registrableDomain(of: one) else { return one == other }
    return domain == registrableDomain(of: other)
  }
}
