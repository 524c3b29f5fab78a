package import DNSData

/// Where a selector's key stands (RFC 6376 §3.6.2.1).
package enum DKIMName {
  /// nil if that makes no valid name.
  package static func of(selector: String, domain: Name) -> Name? {
    try? domain.prepending("_domainkey").prepending(selector)
  }
}
