// The numbers of RFC 7208 §4.6.4 and §7.3. They bind every receiver; what the
// survey of a tree allows itself besides is in SPFTreeLimit. The limit on time
// (§4.6.4, last paragraph) is the business of whoever does the look-ups.

/// The limits of an evaluation (RFC 7208 §4.6.4), which every receiver keeps to.
package enum SPFLimits {
  /// Terms that look something up: include, a, mx, ptr, exists, redirect; all records of an evaluation together.
  package static let lookups = 10
  /// Look-ups that end in NXDOMAIN or without data. The RFC recommends this number; some receivers allow more.
  package static let voids = 2
  /// MX records of one `mx` term; more is a permanent error.
  package static let exchangers = 10
  /// Names that one PTR look-up may lead to; the rest is ignored.
  package static let pointers = 10
  /// Octets of an expanded name without the final dot; labels are cut off on the left (§7.3).
  package static let nameOctets = 253
}
