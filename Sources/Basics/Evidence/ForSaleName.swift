package import DNSData

/// Where a domain says that it is for sale (RFC 10023).
package enum ForSaleName {
  /// nil if that name would be too long for the DNS.
  package static func of(_ domain: Name) -> Name? { try? domain.prepending("_for-sale") }
}
