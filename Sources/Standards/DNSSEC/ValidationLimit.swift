/// Limits against zones made to cost (CVE-2023-50387, CVE-2023-50868): what is beyond them is bogus, so that no answer
/// is believed because it was too expensive to check.
enum ValidationLimit {
  /// Signatures tried for one record set.
  static let signatures = 8
  /// Keys of one tag and algorithm tried for one signature.
  static let keysOfOneTag = 4
  /// DS records looked at for one zone.
  static let delegationSigners = 16
  /// Signatures verified in one evaluation: chains of a dozen zones need some thirty.
  static let verifications = 128
  /// Names hashed for NSEC3 in one evaluation; a proof takes at most one for each label and two more.
  static let hashes = 256
  /// RFC 9276 §3.2 leaves the number open. Between those of BIND (50) and unbound (150): more is insecure, not bogus.
  static let iterations: UInt16 = 100
  /// CNAME and DNAME records followed.
  static let aliases = 10
}

/// What is left of the limits in one evaluation.
struct ValidationBudget {
  private var verifications = ValidationLimit.verifications
  private var hashes = ValidationLimit.hashes

  /// False when the limit is reached.
  mutating func spendVerification() -> Bool {
    verifications -= 1
    return verifications >= 0
  }

  mutating func spendHash() -> Bool {
    hashes -= 1
    return hashes >= 0
  }
}
